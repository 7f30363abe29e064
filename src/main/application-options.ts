import type { EngineSpawner } from "./engine-host/engine-process.ts";

/** The machine's own dialogs, where the host has them. */
export interface Dialogs {
  chooseFolder(request: {
    readonly title: string;
    readonly purpose: "source" | "project" | "parent" | "export";
  }): Promise<string | null>;
}

export interface ApplicationOptions {
  /** Where preferences live; made when missing. */
  readonly configFolder: string;
  readonly host: "electron" | "serve" | "test";
  readonly dialogs: Dialogs | null;
  /** Prefix of picture URLs (`tile://app`, `/tile`). */
  readonly imageBase: string;
  /** Default: a child process of the Node that runs this. */
  readonly spawnEngine?: EngineSpawner;
}

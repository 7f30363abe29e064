import type { AppContract } from "../shared/contracts/app.ts";
import type { EventName, EventPayload, Handlers } from "../shared/rpc/contract.ts";
import type { EngineSpawner } from "./engine-host/engine-process.ts";
import type { ImageReply } from "./image-reply.ts";

export type { EngineProcess, EngineSpawner } from "./engine-host/engine-process.ts";
export type { ImageReply } from "./image-reply.ts";

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

export type ApplicationListener = <K extends EventName<AppContract>>(
  event: K,
  payload: EventPayload<AppContract, K>,
) => void;

/** The application core: the same under every host. */
export interface Application {
  readonly handlers: Handlers<AppContract>;
  /** Returns the function that ends the subscription. */
  onEvent(listener: ApplicationListener): () => void;
  /**
   * The picture of `/patch/ID` (what follows the image base). Query: `composite` (id), `bands`
   * (comma-separated, for "custom"), `stretch`, `gamma`, `size` (pixels, 16–2048).
   */
  image(path: string, query: URLSearchParams, signal: AbortSignal): Promise<ImageReply>;
  /** Cancels jobs, stops the engine and the decoders, closes the project. */
  close(): Promise<void>;
}

export function createApplication(_options: ApplicationOptions): Application {
  throw new Error("being written");
}

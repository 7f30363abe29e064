import { create } from "zustand";
import type { Preferences } from "../../shared/contracts/app.ts";
import type { ProjectSummary } from "../../shared/domain/project.ts";
import type { ConnectionState } from "../connection/connection.ts";

export type Screen = "start" | "new-project" | "label" | "patches" | "progress";

export interface AppInfo {
  readonly version: string;
  readonly host: "electron" | "serve" | "test";
  readonly platform: string;
  readonly imageBase: string;
  readonly hasNativeDialogs: boolean;
}

export interface AppState {
  readonly connection: ConnectionState;
  /** Null until the first answer. */
  readonly info: AppInfo | null;
  readonly preferences: Preferences | null;
  readonly project: ProjectSummary | null;
  readonly screen: Screen;
}

export const useApp = create<AppState>()(() => ({
  connection: "connecting",
  info: null,
  preferences: null,
  project: null,
  screen: "start",
}));

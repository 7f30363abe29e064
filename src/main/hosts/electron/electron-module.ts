import type * as electron from "electron";

/** The part of Electron that this host uses. It is handed in, so that the wiring can be tested without a binary. */
export type ElectronModule = Pick<
  typeof electron,
  "app" | "BrowserWindow" | "Menu" | "dialog" | "ipcMain" | "protocol" | "session" | "utilityProcess"
>;

import type { BrowserWindow } from "electron";
import type { ElectronModule } from "./electron-module.ts";

/** The machine's own folder dialog; null when it is cancelled. */
export async function chooseFolder(
  electron: Pick<ElectronModule, "dialog">,
  window: BrowserWindow | null,
  title: string,
  mayCreate: boolean,
): Promise<string | null> {
  const options: Electron.OpenDialogOptions = {
    title,
    properties: mayCreate ? ["openDirectory", "createDirectory"] : ["openDirectory"],
  };
  const answer = window
    ? await electron.dialog.showOpenDialog(window, options)
    : await electron.dialog.showOpenDialog(options);
  return answer.canceled ? null : (answer.filePaths[0] ?? null);
}

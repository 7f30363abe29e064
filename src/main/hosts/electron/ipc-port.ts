import type { BrowserWindow, IpcMainEvent } from "electron";
import type { Message, Port } from "../../../shared/rpc/port.ts";
import type { ElectronModule } from "./electron-module.ts";
import { APP_ORIGIN } from "./protocols.ts";

/** The one channel between the page and main; the preload bridge uses the same name. */
export const CHANNEL = "fieldmark:message";

/** Whether a message comes from the top frame of this very window, showing the application's own page. */
function fromOwnPage(event: IpcMainEvent, window: BrowserWindow): boolean {
  const frame = event.senderFrame;
  if (frame === null || window.isDestroyed()) return false;
  return (
    event.sender === window.webContents &&
    frame === window.webContents.mainFrame &&
    // Node's URL gives custom schemes the origin "null", so the address itself is compared.
    frame.url.startsWith(`${APP_ORIGIN}/`)
  );
}

/** A port over Electron's IPC for one window. Messages of any other sender are dropped. */
export function ipcPort(ipcMain: ElectronModule["ipcMain"], window: BrowserWindow): Port {
  const closeListeners = new Set<(reason: string) => void>();
  window.once("closed", () => {
    for (const listener of closeListeners) listener("The window was closed.");
  });
  return {
    post(message: Message) {
      if (!window.isDestroyed()) window.webContents.send(CHANNEL, message);
    },
    onMessage(listener) {
      const receive = (event: IpcMainEvent, message: unknown) => {
        if (fromOwnPage(event, window)) listener(message);
      };
      ipcMain.on(CHANNEL, receive);
      return () => void ipcMain.off(CHANNEL, receive);
    },
    onClose(listener) {
      closeListeners.add(listener);
      return () => void closeListeners.delete(listener);
    },
    close() {
      if (!window.isDestroyed()) window.close();
    },
  };
}

import type { BrowserWindow, WebContents } from "electron";
import type { ElectronModule } from "./electron-module.ts";
import { APP_ORIGIN, PAGE_URL } from "./protocols.ts";

/** The one window: sandboxed, isolated, without Node, and unable to go anywhere but to its own page. */
export function createWindow(electron: ElectronModule, preload: string): BrowserWindow {
  const window = new electron.BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 1024,
    minHeight: 680,
    show: false,
    backgroundColor: "#1b1c1e",
    title: "Fieldmark",
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  });
  window.once("ready-to-show", () => window.show());
  void window.loadURL(PAGE_URL);
  return window;
}

/** Denies every permission, asked for or merely checked, and every device. */
export function denyPermissions(session: Electron.Session): void {
  session.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}

/** Keeps any web contents, however it came to be, on the application's own page. */
export function confine(contents: WebContents): void {
  contents.on("will-navigate", (event) => {
    if (!event.url.startsWith(`${APP_ORIGIN}/`)) event.preventDefault();
  });
  contents.on("will-redirect", (event) => event.preventDefault());
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
}

/** Stops every request that is not for the application's own schemes: the product uses no network. */
export function blockNetwork(session: Electron.Session): void {
  session.webRequest.onBeforeRequest((details, callback) => {
    const allowed = /^(app|tile|blob|data|devtools|chrome-extension):/.test(details.url);
    callback({ cancel: !allowed });
  });
}

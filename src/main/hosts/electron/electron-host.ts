import type { BrowserWindow } from "electron";
import { appContract } from "../../../shared/contracts/app.ts";
import { serve } from "../../../shared/rpc/server.ts";
import type { Application } from "../../application.ts";
import type { ElectronModule } from "./electron-module.ts";
import { ipcPort } from "./ipc-port.ts";
import { applicationMenu } from "./menu.ts";
import { declareSchemes, serveProtocols } from "./protocols.ts";
import { blockNetwork, confine, createWindow, denyPermissions } from "./window.ts";

export interface ElectronHostOptions {
  readonly electron: ElectronModule;
  /** Makes the application core once Electron is ready; dialogs attach to the given window. */
  readonly createApplication: (window: () => BrowserWindow | null) => Promise<Application>;
  /** The CommonJS preload bundle. */
  readonly preload: string;
  readonly rendererFolder: string;
}

/**
 * Runs the application in an Electron window. Call it before the app is ready; it resolves when the
 * window has been made. Without the single-instance lock it quits at once: the first window comes forward.
 */
export async function runElectronHost(options: ElectronHostOptions): Promise<void> {
  const { electron, createApplication, preload, rendererFolder } = options;
  const { app, ipcMain, protocol, session } = electron;
  let window: BrowserWindow | null = null;

  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  app.enableSandbox();
  declareSchemes(protocol);
  app.on("web-contents-created", (_event, contents) => confine(contents));
  app.on("second-instance", () => {
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });

  await app.whenReady();
  denyPermissions(session.defaultSession);
  blockNetwork(session.defaultSession);
  electron.Menu.setApplicationMenu(applicationMenu(electron));

  const application = await createApplication(() => window);
  serveProtocols(protocol, application, rendererFolder);

  function openWindow(): void {
    const opened = createWindow(electron, preload);
    window = opened;
    const rpc = serve(appContract, application.handlers, ipcPort(ipcMain, opened));
    const stopEvents = application.onEvent((event, payload) => rpc.emit(event, payload));
    opened.once("closed", () => {
      stopEvents();
      rpc.close();
      window = null;
    });
  }
  openWindow();

  app.on("activate", () => {
    if (window === null) openWindow();
  });
  app.on("window-all-closed", () => app.quit());
  let closed = false;
  app.on("before-quit", (event) => {
    if (closed) return;
    event.preventDefault();
    void application.close().finally(() => {
      closed = true;
      app.quit();
    });
  });
}

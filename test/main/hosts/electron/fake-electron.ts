import { EventEmitter } from "node:events";
import type { ElectronModule } from "../../../../src/main/hosts/electron/electron-module.ts";

type Handler = (request: Request) => Promise<Response>;

/** A recorder in place of Electron: it keeps what the host registers and lets a test play the browser's part. */
export class FakeElectron {
  readonly log: string[] = [];
  readonly protocolHandlers = new Map<string, Handler>();
  schemes: unknown = null;
  ready = false;
  lock = true;
  quitCount = 0;
  permissionRequest:
    | ((contents: unknown, permission: string, callback: (granted: boolean) => void) => void)
    | null = null;
  permissionCheck: (() => boolean) | null = null;
  deviceCheck: (() => boolean) | null = null;
  beforeRequest:
    | ((details: { url: string }, callback: (answer: { cancel: boolean }) => void) => void)
    | null = null;
  menuTemplate: unknown[] = [];
  readonly windows: FakeWindow[] = [];
  readonly ipcMain = new EventEmitter();
  readonly app: EventEmitter;

  constructor() {
    this.app = Object.assign(new EventEmitter(), {
      requestSingleInstanceLock: () => this.lock,
      quit: () => {
        this.quitCount++;
      },
      enableSandbox: () => this.log.push("enableSandbox"),
      whenReady: async () => {
        this.log.push("ready");
        this.ready = true;
      },
    });
  }

  /** The module as the host takes it; only the parts that the host uses exist. */
  module(): ElectronModule {
    const fake = this;
    const module = {
      app: this.app,
      ipcMain: this.ipcMain,
      BrowserWindow: class extends FakeWindow {
        constructor(options: Electron.BrowserWindowConstructorOptions) {
          super(options);
          fake.windows.push(this);
          fake.app.emit("web-contents-created", {}, this.webContents);
        }
      },
      Menu: {
        buildFromTemplate: (template: unknown[]) => {
          fake.menuTemplate = template;
          return template;
        },
        setApplicationMenu: () => {},
      },
      dialog: {},
      utilityProcess: {},
      protocol: {
        registerSchemesAsPrivileged: (schemes: unknown) => {
          fake.log.push("schemes");
          fake.schemes = schemes;
        },
        handle: (scheme: string, handler: Handler) => fake.protocolHandlers.set(scheme, handler),
      },
      session: {
        defaultSession: {
          setPermissionRequestHandler: (handler: FakeElectron["permissionRequest"]) => {
            fake.permissionRequest = handler;
          },
          setPermissionCheckHandler: (handler: () => boolean) => {
            fake.permissionCheck = handler;
          },
          setDevicePermissionHandler: (handler: () => boolean) => {
            fake.deviceCheck = handler;
          },
          webRequest: {
            onBeforeRequest: (handler: FakeElectron["beforeRequest"]) => {
              fake.beforeRequest = handler;
            },
          },
        },
      },
    };
    return module as unknown as ElectronModule;
  }

  /** A request as Chromium's browser process would hand it to a protocol handler. */
  async fetch(url: string, initiatorOrigin?: string, method = "GET"): Promise<Response> {
    const handler = this.protocolHandlers.get(new URL(url).protocol.slice(0, -1));
    if (!handler) throw new Error(`no handler for ${url}`);
    const request = { url, method, initiatorOrigin, signal: new AbortController().signal };
    return handler(request as unknown as Request);
  }
}

export class FakeWindow extends EventEmitter {
  readonly options: Electron.BrowserWindowConstructorOptions;
  readonly webContents: FakeContents;
  url = "";
  destroyed = false;

  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    this.webContents = new FakeContents();
  }

  async loadURL(url: string): Promise<void> {
    this.url = url;
    this.webContents.mainFrame.url = url;
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
  isMinimized(): boolean {
    return false;
  }
  show(): void {}
  focus(): void {
    this.emit("focused");
  }
  close(): void {
    this.destroyed = true;
    this.emit("closed");
  }
}

export class FakeContents extends EventEmitter {
  readonly mainFrame = { url: "" };
  readonly sent: unknown[] = [];
  windowOpen: (() => { action: string }) | null = null;

  setWindowOpenHandler(handler: () => { action: string }): void {
    this.windowOpen = handler;
  }
  send(_channel: string, message: unknown): void {
    this.sent.push(message);
  }
}

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { runElectronHost } from "../../../../src/main/hosts/electron/electron-host.ts";
import { stubApplication } from "../stub-application.ts";
import { FakeElectron, type FakeWindow } from "./fake-electron.ts";

const CHANNEL = "fieldmark:message";
const PAGE = "app://fieldmark/index.html";
let folder: string;
let fake: FakeElectron;
let stub: ReturnType<typeof stubApplication>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fieldmark-electron-"));
  await writeFile(join(folder, "index.html"), "<!doctype html><title>Fieldmark</title>");
  fake = new FakeElectron();
  stub = stubApplication();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function start(): Promise<FakeWindow> {
  await runElectronHost({
    electron: fake.module(),
    createApplication: async () => stub.application,
    preload: "/app/out/preload/index.cjs",
    rendererFolder: folder,
  });
  const window = fake.windows[0];
  if (!window) throw new Error("no window");
  return window;
}

/** What the page (or someone else) sends, and the replies that come back to the window. */
async function send(window: FakeWindow, event: Record<string, unknown>): Promise<unknown[]> {
  const before = window.webContents.sent.length;
  const message = { kind: "request", id: 1, call: "jobs.cancel", input: { jobId: "running" } };
  fake.ipcMain.emit(CHANNEL, event, message);
  await new Promise((resolve) => setTimeout(resolve, 5));
  return window.webContents.sent.slice(before);
}

describe("the Electron window", () => {
  it("declares its schemes and the sandbox before the app is ready", async () => {
    await start();
    expect(fake.log).toEqual(["enableSandbox", "schemes", "ready"]);
    expect(JSON.stringify(fake.schemes)).not.toContain("bypassCSP");
  });

  it("is sandboxed, isolated and without Node", async () => {
    const window = await start();
    expect(window.url).toBe(PAGE);
    expect(window.options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      preload: "/app/out/preload/index.cjs",
    });
  });

  it("goes nowhere else: navigation, redirects, webviews and new windows are denied", async () => {
    const { webContents } = await start();
    for (const [name, url] of [
      ["will-navigate", "https://attacker.example/"],
      ["will-navigate", "file:///etc/passwd"],
      ["will-navigate", "app://fieldmark.attacker/"],
      ["will-redirect", PAGE],
      ["will-attach-webview", PAGE],
    ] as const) {
      const event = { url, preventDefault: vi.fn() };
      webContents.emit(name, event);
      expect(event.preventDefault, `${name} ${url}`).toHaveBeenCalled();
    }
    expect(webContents.windowOpen?.()).toEqual({ action: "deny" });
  });

  it("denies every permission, asked for or checked, and every network request", async () => {
    await start();
    const granted: boolean[] = [];
    fake.permissionRequest?.({}, "geolocation", (answer) => granted.push(answer));
    expect([granted, fake.permissionCheck?.(), fake.deviceCheck?.()]).toEqual([[false], false, false]);
    const cancelled = (url: string) => {
      let answer: boolean | undefined;
      fake.beforeRequest?.({ url }, ({ cancel }) => {
        answer = cancel;
      });
      return answer;
    };
    for (const url of [
      "https://example.org/",
      "http://127.0.0.1/",
      "ws://x/",
      "wss://x/",
      "file:///a",
      "ftp://x/",
    ]) {
      expect(cancelled(url), url).toBe(true);
    }
    expect([cancelled(PAGE), cancelled("tile://project/patch/1")]).toEqual([false, false]);
  });

  it("quits at once without the single-instance lock, and comes forward for a second start", async () => {
    const window = await start();
    const focused = vi.fn();
    window.on("focused", focused);
    fake.app.emit("second-instance");
    expect(focused).toHaveBeenCalled();

    fake = new FakeElectron();
    fake.lock = false;
    await runElectronHost({
      electron: fake.module(),
      createApplication: () => Promise.reject(new Error("must not be made")),
      preload: "",
      rendererFolder: folder,
    });
    expect([fake.quitCount, fake.windows.length]).toEqual([1, 0]);
  });

  it("closes the application before it quits", async () => {
    await start();
    const event = { preventDefault: vi.fn() };
    fake.app.emit("before-quit", event);
    expect(event.preventDefault).toHaveBeenCalled();
    await vi.waitFor(() => expect([stub.closedCount(), fake.quitCount]).toEqual([1, 1]));
  });

  it("has a menu without undo and redo, which belong to the labels", async () => {
    await start();
    expect(JSON.stringify(fake.menuTemplate)).not.toMatch(/"undo"|"redo"|"reload"/i);
  });
});

describe("the Electron protocols", () => {
  it("serves the page with a strict policy, and nothing outside its folder", async () => {
    await start();
    const page = await fake.fetch(PAGE);
    expect(page.status).toBe(200);
    const policy = page.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("img-src 'self' tile: blob: data:");
    expect(policy).not.toMatch(/'unsafe-eval'|https?:|\*/);
    expect((await fake.fetch("app://fieldmark/%2e%2e/secret.json")).status).toBe(404);
    expect((await fake.fetch("app://other/index.html")).status).toBe(403);
    expect((await fake.fetch(PAGE, undefined, "POST")).status).toBe(403);
  });

  it("gives pictures to its own page only", async () => {
    await start();
    const address = "tile://project/patch/7?composite=ndvi";
    expect((await fake.fetch(address, "app://fieldmark")).status).toBe(200);
    for (const origin of [undefined, "null", "https://attacker.example", "file://"]) {
      expect((await fake.fetch(address, origin)).status, String(origin)).toBe(403);
    }
    expect(stub.imagePaths).toEqual(["/patch/7"]);
  });
});

describe("messages from the page", () => {
  it("are answered when they come from the window's own top frame", async () => {
    const window = await start();
    const { webContents } = window;
    expect(await send(window, { sender: webContents, senderFrame: webContents.mainFrame })).toEqual([
      { kind: "reply", id: 1, reply: { ok: true, value: { cancelled: true } } },
    ]);
  });

  it("are dropped from a frame that is gone, a child frame, another page or another window", async () => {
    const window = await start();
    const { webContents } = window;
    expect(await send(window, { sender: webContents, senderFrame: null })).toEqual([]);
    expect(await send(window, { sender: webContents, senderFrame: { url: PAGE } })).toEqual([]);
    expect(await send(window, { sender: {}, senderFrame: webContents.mainFrame })).toEqual([]);
    webContents.mainFrame.url = "https://attacker.example/";
    expect(await send(window, { sender: webContents, senderFrame: webContents.mainFrame })).toEqual([]);
  });

  it("stop when the window closes, with the events", async () => {
    const window = await start();
    stub.emitRounds();
    expect(window.webContents.sent).toEqual([{ kind: "event", event: "rounds", payload: { round: 3 } }]);
    window.close();
    expect(stub.listenerCount()).toBe(0);
  });
});

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { _electron, expect, test } from "@playwright/test";
import { findElectron } from "../../src/main/doctor/find-electron.ts";
import { VERSION } from "../../src/main/version.ts";
import { strings } from "../../src/renderer/strings.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const { binary } = findElectron();
const { DISPLAY, WAYLAND_DISPLAY } = process.env;
const hasDisplay = process.platform !== "linux" || Boolean(DISPLAY || WAYLAND_DISPLAY);

test("the desktop window opens, loads the page and is answered by the application", async () => {
  test.skip(binary === null, "Electron's binary is not on this machine");
  test.skip(!hasDisplay, "there is no display to open a window on");
  const folder = await mkdtemp(join(tmpdir(), "fieldmark-electron-"));
  const isRoot = process.getuid?.() === 0;
  const app = await _electron.launch({
    executablePath: binary ?? "",
    // Chromium's sandbox refuses to run as root, which only test machines do.
    args: [ROOT, ...(isRoot ? ["--no-sandbox"] : [])],
    env: { ...process.env, HOME: folder, XDG_CONFIG_HOME: join(folder, "settings"), APPDATA: folder },
  });
  try {
    const page = await app.firstWindow();
    await expect(page.getByRole("heading", { name: strings.product })).toBeVisible();
    await expect(page.getByText(strings.start.version(VERSION))).toBeVisible();
    expect(new URL(page.url()).protocol).toBe("app:");
    expect(await page.evaluate(() => typeof Reflect.get(window, "require"))).toBe("undefined");
    expect(await page.evaluate(() => typeof Reflect.get(window, "fieldmark"))).toBe("object");
    await page.getByRole("button", { name: strings.start.newProject }).click();
    await expect(page.getByRole("heading", { name: strings.newProject.heading.imagery })).toBeVisible();
  } finally {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  }
});

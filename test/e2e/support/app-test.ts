import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base, expect, type Page } from "@playwright/test";
import { findBrowser } from "../../../src/main/doctor/find-browser.ts";
import { type ServeProcess, startServeProcess } from "../../serve-process.ts";
import { smallProject } from "./demo-projects.ts";
import { watchPage } from "./watch-page.ts";

/** Fieldmark as a newcomer has it: nothing set, nothing opened, an empty home. */
export interface App {
  /** A temporary folder that goes with the test. */
  readonly folder: string;
  readonly home: string;
  readonly host: ServeProcess;
  /** The page, at the start screen or in the given project. */
  readonly page: Page;
}

interface Options {
  /** "small": a project on the small archive is open at the start. */
  startWith: "nothing" | "small";
}

/** A test with an application of its own, which must neither complain nor ask anybody but its own host. */
export const test = base.extend<{ app: App } & Options>({
  startWith: ["nothing", { option: true }],
  app: async ({ page, startWith }, use) => {
    test.skip(findBrowser() === null, "no Chromium or Chrome was found");
    const folder = await mkdtemp(join(tmpdir(), "fieldmark-e2e-"));
    const home = join(folder, "home");
    const args = startWith === "small" ? [await smallProject(folder)] : [];
    const host = await startServeProcess(home, args);
    try {
      const watch = await watchPage(page, host.url);
      await page.goto(host.url);
      await use({ folder, home, host, page });
      expect(watch.foreignRequests).toEqual([]);
      expect(watch.problems).toEqual([]);
    } finally {
      await page.close();
      await host.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
});

export { expect };

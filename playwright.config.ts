import { defineConfig } from "@playwright/test";
import { findBrowser } from "./src/main/doctor/find-browser.ts";

const browser = findBrowser();

export default defineConfig({
  testDir: "test/e2e",
  outputDir: "test-results",
  reporter: "list",
  // One application at a time: the engine and the browser share the machine's cores.
  workers: 1,
  // Far above what they take on a quiet machine: these tests measure nothing.
  timeout: 240_000,
  expect: { timeout: 15_000 },
  use: {
    actionTimeout: 30_000,
    viewport: { width: 1440, height: 900 },
    trace: { mode: "retain-on-failure", screenshots: false },
    screenshot: "only-on-failure",
    launchOptions: {
      ...(browser === null ? {} : { executablePath: browser }),
      args: [
        "--no-sandbox",
        // Machines without a graphics card draw the scatter plots in software.
        "--use-angle=swiftshader",
        "--enable-unsafe-swiftshader",
        // The browser's own traffic, so that whatever is seen is the page's.
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-default-apps",
        "--disable-domain-reliability",
        "--disable-sync",
        "--no-first-run",
        "--no-pings",
      ],
    },
  },
});

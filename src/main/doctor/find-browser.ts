import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { isExecutable } from "./executable.ts";

const PROGRAMS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];
const PLACES: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  ],
  win32: [
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
  ],
};

/**
 * A Chromium or Chrome on this machine: `FIELDMARK_CHROMIUM`, else from PATH, else from where it is usually installed.
 * @returns the path of its program, or null
 */
export function findBrowser(env: Readonly<NodeJS.ProcessEnv> = process.env): string | null {
  const given = env.FIELDMARK_CHROMIUM;
  if (given) return isExecutable(given) ? given : null;
  for (const folder of (env.PATH ?? "").split(delimiter)) {
    for (const program of PROGRAMS) {
      const path = join(folder, program);
      if (folder !== "" && isExecutable(path)) return path;
    }
  }
  return PLACES[process.platform]?.find((path) => existsSync(path)) ?? null;
}

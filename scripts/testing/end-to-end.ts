import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runInForeground } from "../starting/child.ts";
import { NOTHING, type Outcome } from "./outcome.ts";
import { readPlaywrightReport } from "./playwright-report.ts";

const CLI = "node_modules/@playwright/test/cli.js";

async function playwright(
  root: string,
  args: readonly string[],
  env: Readonly<NodeJS.ProcessEnv>,
  reasonForAll?: string,
): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), "fieldmark-e2e-"));
  const report = join(folder, "report.json");
  try {
    const code = await runInForeground(
      process.execPath,
      [join(root, CLI), "test", "--pass-with-no-tests", ...args],
      {
        cwd: root,
        env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
      },
    ).ended;
    if (!existsSync(report))
      return { passed: 0, failed: [`Playwright wrote no report (exit code ${code})`], skipped: [] };
    const outcome = readPlaywrightReport(await readFile(report, "utf8"), reasonForAll);
    const isUnexplained = code !== 0 && outcome.failed.length === 0 && reasonForAll === undefined;
    return isUnexplained ? { ...outcome, failed: [`Playwright ended with code ${code}`] } : outcome;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs the end-to-end tests in the browser found; without one, each of them is reported as skipped. */
export async function runEndToEndTests(
  root: string,
  browser: string | null,
  filters: readonly string[],
): Promise<Outcome> {
  if (!existsSync(join(root, "playwright.config.ts"))) return NOTHING;
  if (browser === null) {
    const reason = "no Chromium or Chrome was found";
    return playwright(root, ["--list", "--reporter=json", ...filters], process.env, reason);
  }
  return playwright(root, ["--reporter=list,json", ...filters], {
    ...process.env,
    FIELDMARK_CHROMIUM: browser,
  });
}

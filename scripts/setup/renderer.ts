import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { lastLine, type Machine } from "./machine.ts";
import type { StepResult } from "./step.ts";

const BUILD_LIMIT = 5 * 60_000;
const INPUTS = [
  "src",
  "resources",
  "electron.vite.config.ts",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
];

/** The file that tells from which sources `out/` was built. */
export function builtStamp(root: string): string {
  return join(root, "out", "built-from.txt");
}

/** Differs whenever something that the build reads has changed. */
export function sourceHash(root: string): string {
  const hash = createHash("sha256");
  const add = (path: string): void => {
    if (!existsSync(path)) return;
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).sort()) add(join(path, name));
    } else {
      hash.update(relative(root, path)).update("\0").update(readFileSync(path)).update("\0");
    }
  };
  for (const input of INPUTS) add(join(root, input));
  return hash.digest("hex");
}

function builtFrom(root: string): string | null {
  const stamp = builtStamp(root);
  return existsSync(stamp) && existsSync(join(root, "out", "renderer"))
    ? readFileSync(stamp, "utf8").trim()
    : null;
}

/** Builds main, preload and renderer into `out/` with electron-vite, unless they were built from these very sources. */
export async function setUpRenderer(
  machine: Machine,
  root: string,
  log: (line: string) => void,
): Promise<StepResult> {
  if (!existsSync(join(root, "electron.vite.config.ts"))) {
    return { id: "renderer", status: "skipped", what: "There is no electron.vite.config.ts.", supply: null };
  }
  const hash = sourceHash(root);
  if (builtFrom(root) === hash)
    return { id: "renderer", status: "ready", what: "out/ is up to date.", supply: null };
  log("Building the window …");
  // A build that is cut short leaves out/ half made: it must not pass for the one that the stamp tells of.
  rmSync(builtStamp(root), { force: true });
  const builder = join(root, "node_modules", "electron-vite", "bin", "electron-vite.js");
  const result = await machine.run(process.execPath, [builder, "build"], { cwd: root, limit: BUILD_LIMIT });
  if (result.code !== 0) {
    return {
      id: "renderer",
      status: "failed",
      what: `The window could not be built: ${lastLine(result)}.`,
      supply: 'Run "npm run build" to see all of its output.',
    };
  }
  writeFileSync(builtStamp(root), `${hash}\n`);
  return { id: "renderer", status: "done", what: "Built into out/.", supply: null };
}

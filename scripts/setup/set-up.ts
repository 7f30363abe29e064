import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { nativeLocation, readNativeRecord } from "../../src/engine/backends/native-location.ts";
import { findBrowser } from "../../src/main/doctor/find-browser.ts";
import { canInstall, installPackages } from "./apt.ts";
import { setUpBrowser } from "./browser.ts";
import { findCompiler } from "./compile.ts";
import { setUpElectron } from "./electron.ts";
import { layoutsIn } from "./library.ts";
import { cacheFolder, type Machine } from "./machine.ts";
import { setUpNative } from "./native.ts";
import { findPip } from "./pip.ts";
import { setUpRenderer } from "./renderer.ts";
import type { StepResult } from "./step.ts";

/** The project's root folder. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export interface SetUpOptions {
  readonly machine: Machine;
  readonly log: (line: string) => void;
  /** What is about to run: `tests` adds a browser. */
  readonly purpose: "app" | "tests";
  readonly cuda?: boolean;
  readonly from?: string | null;
  /** Download Electron's binary where it is missing. */
  readonly electron?: boolean;
  /** False: a native backend that failed before, in the same circumstances, is not tried again. */
  readonly retry?: boolean;
}

/** Debian packages whose programs are missing and wanted; `isBuilt`: there is a native backend already. */
export async function missingPackages(options: SetUpOptions, isBuilt: boolean): Promise<string[]> {
  const { machine } = options;
  const packages: string[] = [];
  if (machine.platform === "linux" && machine.arch === "x64" && !isBuilt) {
    if (!findCompiler(machine)) packages.push("g++");
    const given = options.from ?? machine.env.FIELDMARK_LIBTENSORFLOW;
    const kept = await layoutsIn(join(cacheFolder(machine), "libtensorflow"), options.cuda ? "cuda" : "cpu");
    if (!given && kept.length === 0 && (await findPip(machine)) === null) packages.push("python3-pip");
  }
  if (options.purpose === "tests" && !findBrowser(machine.env) && !machine.env.FIELDMARK_CHROMIUM) {
    packages.push("chromium");
  }
  return packages;
}

/** Sets up all that the app or the tests need. Never throws for a missing part: each step says what it found. */
export async function setUp(options: SetUpOptions): Promise<StepResult[]> {
  const { machine, log, purpose, cuda = false, from = null, electron = false, retry = true } = options;
  const steps: StepResult[] = [];
  const before = readNativeRecord(nativeLocation());
  if (canInstall(machine) && (retry || before === null)) {
    const packages = await missingPackages(options, before?.ready === true);
    // One by one would cost a start of apt each; together, one unknown name would spoil the others.
    for (const group of [
      packages.filter((name) => name !== "chromium"),
      packages.filter((name) => name === "chromium"),
    ]) {
      if (group.length > 0) steps.push(await installPackages(machine, group, log));
    }
  }
  steps.push(await setUpNative({ machine, log, cuda, from, retry }));
  if (purpose === "tests") steps.push(setUpBrowser(machine));
  else steps.push(await setUpElectron(machine, { download: electron, log }));
  steps.push(await setUpRenderer(machine, ROOT, log));
  return steps;
}

import { createHash } from "node:crypto";
import { existsSync, lstatSync, readlinkSync } from "node:fs";
import { copyFile, mkdir, readdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  type NativeLocation,
  type NativeRecord,
  nativeLocation,
  readNativeRecord,
} from "../../src/engine/backends/native-location.ts";
import { probeBackend } from "../../src/engine/backends/probe.ts";
import { toErrorShape } from "../../src/shared/errors.ts";
import { bindingKey, compileBinding, findCompiler, noCompiler } from "./compile.ts";
import { findLibrary } from "./find-library.ts";
import { type Library, libraryIdentity } from "./library.ts";
import { cacheFolder, type Machine } from "./machine.ts";
import { MissingPart, type StepResult } from "./step.ts";

export interface NativeOptions {
  readonly machine: Machine;
  readonly log: (line: string) => void;
  /** Lay out the CUDA libraries too. */
  readonly cuda?: boolean;
  /** A folder to take libtensorflow from. */
  readonly from?: string | null;
  /** False: what failed before, in the same circumstances, is not tried again. */
  readonly retry?: boolean;
  /** The npm package's folder; default the one installed here. */
  readonly packageFolder?: string;
  /** Loads what was placed, in a process of its own; returns the reason to show. */
  readonly verify?: () => Promise<string>;
}

async function loadNative(): Promise<string> {
  return (await probeBackend({ prefer: "tensorflow" })).reason;
}

/** What a set-up that failed would have to find different to be worth another try. */
function circumstances(options: NativeOptions): string {
  const { machine } = options;
  const found = ["python3", "python", "apt-get"].map((name) => machine.find(name));
  const facts = [
    found,
    findCompiler(machine),
    machine.env.FIELDMARK_LIBTENSORFLOW,
    cacheFolder(machine),
    machine.isRoot,
  ];
  return createHash("sha256").update(JSON.stringify(facts)).digest("hex").slice(0, 16);
}

/** Points `deps/lib` at the library's folder; what an earlier manual set-up put there itself stays. */
async function linkLibraries(location: NativeLocation, library: Library): Promise<void> {
  const { libraries } = location;
  if (libraries === library.folder) return;
  await mkdir(dirname(libraries), { recursive: true });
  const part = `${libraries}.${process.pid}.part`;
  await symlink(library.folder, part, "dir");
  if (existsSync(libraries) && !lstatSync(libraries).isSymbolicLink())
    await rename(libraries, `${libraries}.before`);
  await rename(part, libraries);
}

async function writeRecord(location: NativeLocation, record: NativeRecord): Promise<void> {
  await mkdir(dirname(location.record), { recursive: true });
  await writeFile(`${location.record}.part`, `${JSON.stringify(record, null, 2)}\n`);
  await rename(`${location.record}.part`, location.record);
}

/** True where the record tells of a binding that is still there, against libraries that are still there. */
function isInPlace(location: NativeLocation, record: NativeRecord | null): boolean {
  if (!record?.ready || !existsSync(location.binding) || !existsSync(location.libraries)) return false;
  const link = lstatSync(location.libraries).isSymbolicLink()
    ? readlinkSync(location.libraries)
    : location.libraries;
  return record.library === link;
}

function keptBindings(machine: Machine): string {
  return join(cacheFolder(machine), "bindings");
}

async function hasKeptBinding(machine: Machine): Promise<boolean> {
  const names = await readdir(keptBindings(machine)).catch((): string[] => []);
  return names.some((name) => name.endsWith(".node"));
}

async function build(location: NativeLocation, options: NativeOptions): Promise<NativeRecord> {
  const { machine, log, cuda = false, from = null } = options;
  const { packageFolder } = location;
  // Before a long download that would come to nothing.
  if (!findCompiler(machine) && !(await hasKeptBinding(machine))) throw noCompiler();
  const library = await findLibrary({ machine, log, cuda, from, packageFolder });
  const key = bindingKey(packageFolder, library, machine);
  const kept = join(keptBindings(machine), `${key}.node`);
  if (!existsSync(kept)) log("Building the native backend …");
  await compileBinding(machine, packageFolder, library, kept);
  await linkLibraries(location, library);
  await mkdir(dirname(location.binding), { recursive: true });
  await copyFile(kept, `${location.binding}.part`);
  await rename(`${location.binding}.part`, location.binding);
  try {
    const reason = await (options.verify ?? loadNative)();
    return {
      ready: true,
      reason: `${reason} Its library came from ${library.origin}.`,
      improve: null,
      key: circumstances(options),
      library: library.folder,
    };
  } catch (cause) {
    // A binding that does not load must not stay: the next engine would try it, and might die of it.
    await rm(location.binding, { force: true });
    await rm(kept, { force: true });
    throw new MissingPart(
      `The native backend was built but does not run here: ${toErrorShape(cause).message} (${libraryIdentity(library)})`,
      "Give another libtensorflow: npm run setup -- --from FOLDER.",
      { cause },
    );
  }
}

/** After a failed wish (for CUDA, for another library): puts back what worked before it. */
async function restore(
  location: NativeLocation,
  before: NativeRecord | null,
  options: NativeOptions,
): Promise<boolean> {
  if (!before?.ready || !before.library) return false;
  if (isInPlace(location, before)) return true;
  try {
    await writeRecord(location, await build(location, { ...options, cuda: false, from: before.library }));
    return true;
  } catch {
    return false;
  }
}

function result(status: StepResult["status"], record: NativeRecord): StepResult {
  return { id: "native-backend", status, what: record.reason, supply: record.improve };
}

/**
 * Finds or fetches libtensorflow, builds the binding, places both where the npm package loads them from and loads them
 * once. A failure leaves WASM to do the work, and its reason beside the binding for `doctor` and the window to show.
 */
export async function setUpNative(options: NativeOptions): Promise<StepResult> {
  const location = nativeLocation(options.packageFolder);
  const before = readNativeRecord(location);
  const asked = options.cuda === true || (options.from ?? null) !== null;
  const given = options.machine.env.FIELDMARK_LIBTENSORFLOW !== undefined;
  const stillMeant = !given || before?.key === circumstances(options);
  if (!asked && stillMeant && before && isInPlace(location, before)) return result("ready", before);
  if (!asked && options.retry === false && before?.ready === false && before.key === circumstances(options)) {
    return result("failed", before);
  }
  try {
    const record = await build(location, options);
    await writeRecord(location, record);
    return result("done", record);
  } catch (error) {
    const missing = error instanceof MissingPart;
    const reason = missing
      ? error.message
      : `The native backend could not be set up: ${toErrorShape(error).message}`;
    const record: NativeRecord = {
      ready: false,
      reason: `${reason.replace(/\.$/, "")}.`,
      improve: missing ? error.supply : 'Mend that and run "npm run setup" again.',
      key: circumstances(options),
      library: null,
    };
    const kept = asked && (await restore(location, before, options));
    if (!kept) await writeRecord(location, record).catch(() => undefined);
    return result("failed", record);
  }
}

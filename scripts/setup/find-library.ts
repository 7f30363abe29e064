import { existsSync, lstatSync, statSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { nativeLocation } from "../../src/engine/backends/native-location.ts";
import { layOutWheels } from "./lay-out.ts";
import { type Library, layoutsIn, openLayout, recogniseLibrary } from "./library.ts";
import { cacheFolder, type Machine } from "./machine.ts";
import { downloadWheels, findPip, wheelsIn } from "./pip.ts";
import { MissingPart } from "./step.ts";
import { parseWheelName, type Wheel, wheelRequirements } from "./wheel.ts";

export const TENSORFLOW_VERSION = "2.21.0";

export interface LibraryWish {
  readonly machine: Machine;
  readonly log: (line: string) => void;
  /** Lay out the CUDA libraries too. */
  readonly cuda: boolean;
  /** A folder with wheels or an unpacked libtensorflow to take it from; null: find one. */
  readonly from: string | null;
  /** The npm package's folder, where an earlier layout may lie. */
  readonly packageFolder?: string;
}

function supplySentence(cuda: boolean): string {
  const wheel = cuda ? "tensorflow" : "tensorflow-cpu";
  const more = cuda ? " with the nvidia-* wheels its metadata names" : "";
  return (
    `Supply it by hand: put the wheel ${wheel} ${TENSORFLOW_VERSION} for Linux x64 (cp311)${more}, or the unpacked official ` +
    `C archive, into a folder and run "npm run setup --${cuda ? " --cuda" : ""} --from FOLDER"; ` +
    "or copy the cache folder (~/.cache/fieldmark) from a machine where the set-up worked."
  );
}

function isTensorflow(wheel: Wheel, cuda: boolean): boolean {
  return cuda ? wheel.name === "tensorflow" : wheel.name === "tensorflow-cpu" || wheel.name === "tensorflow";
}

async function fromFolder(
  wish: LibraryWish,
  given: string,
  layouts: string,
  supply: string,
): Promise<Library> {
  const only = parseWheelName(given);
  if (!existsSync(given)) throw new MissingPart(`${given} does not exist`, supply);
  if (!only && !statSync(given).isDirectory())
    throw new MissingPart(`${given} is neither a folder nor a wheel`, supply);
  const unpacked = only ? null : recogniseLibrary(given, given);
  if (unpacked) return unpacked;
  const wheels = only ? [only] : await wheelsIn(given);
  const tensorflow = wheels.find((wheel) => isTensorflow(wheel, wish.cuda));
  if (!tensorflow)
    throw new MissingPart(`${given} holds no libtensorflow with its headers and no wheel with one`, supply);
  const nvidia = wish.cuda ? wheels.filter((wheel) => wheel.name.startsWith("nvidia-")) : [];
  if (wish.cuda) await requireNvidia(tensorflow, nvidia, given, supply);
  const target = join(layouts, `${wish.cuda ? "cuda" : "cpu"}-${tensorflow.version}`);
  const before = openLayout(target);
  if (before) return before;
  wish.log("Unpacking libtensorflow …");
  return layOutWheels(tensorflow, nvidia, target, supply);
}

async function requireNvidia(
  tensorflow: Wheel,
  nvidia: readonly Wheel[],
  folder: string,
  supply: string,
): Promise<void> {
  const wanted = (await wheelRequirements(tensorflow, "and-cuda")).map((line) => parseRequirementName(line));
  const missing = wanted.filter((name) => !nvidia.some((wheel) => wheel.name === name));
  if (missing.length > 0) throw new MissingPart(`${folder} lacks the wheels ${missing.join(", ")}`, supply);
}

function parseRequirementName(requirement: string): string {
  return (/^[A-Za-z0-9._-]+/.exec(requirement)?.[0] ?? requirement).toLowerCase().replaceAll(/[-_.]+/g, "-");
}

async function fromPip(wish: LibraryWish, layouts: string, supply: string): Promise<Library> {
  const python = await findPip(wish.machine);
  if (!python)
    throw new MissingPart("Python's pip, which fetches TensorFlow's library, was not found", supply);
  await mkdir(layouts, { recursive: true });
  const folder = await mkdtemp(join(layouts, ".part-download-"));
  try {
    const name = wish.cuda ? "tensorflow" : "tensorflow-cpu";
    wish.log(
      `Downloading ${name} ${TENSORFLOW_VERSION} with pip (${wish.cuda ? "about 3 GB with CUDA" : "274 MB"}) …`,
    );
    const wheels = await downloadWheels(
      wish.machine,
      python,
      [`${name}==${TENSORFLOW_VERSION}`],
      folder,
      supply,
    );
    const tensorflow = wheels.find((wheel) => isTensorflow(wheel, wish.cuda));
    if (!tensorflow) throw new MissingPart(`pip brought no ${name} wheel`, supply);
    if (wish.cuda) {
      const requirements = await wheelRequirements(tensorflow, "and-cuda");
      if (requirements.length === 0)
        throw new MissingPart(`${tensorflow.path} names no CUDA libraries`, supply);
      await downloadWheels(wish.machine, python, requirements, folder, supply);
    }
    return await fromFolder(wish, folder, layouts, supply);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The layout an earlier or a manual set-up left in the npm package itself (`deps/lib`, `deps/include`). */
function fromPackage(packageFolder?: string): Library | null {
  const { libraries } = nativeLocation(packageFolder);
  if (!existsSync(libraries) || lstatSync(libraries).isSymbolicLink()) return null;
  return recogniseLibrary(dirname(libraries), dirname(libraries));
}

/**
 * A libtensorflow for this machine, from the first of: the folder given; `FIELDMARK_LIBTENSORFLOW`; the npm package's
 * own `deps`; the cache (CUDA first where it was asked for or a driver is loaded); pip.
 * @throws MissingPart where there is none
 */
export async function findLibrary(wish: LibraryWish): Promise<Library> {
  const { machine, cuda } = wish;
  const supply = supplySentence(cuda);
  const layouts = join(cacheFolder(machine), "libtensorflow");
  if (machine.platform !== "linux" || machine.arch !== "x64") {
    throw new MissingPart(
      `The native backend is built on Linux x64 only, and this is ${machine.platform} ${machine.arch}`,
      "Nothing is needed: WASM computes here, for frozen encoders and heads. Train networks on a Linux machine.",
    );
  }
  const given = wish.from ?? machine.env.FIELDMARK_LIBTENSORFLOW;
  if (given) return fromFolder(wish, resolve(given), layouts, supply);
  if (!cuda) {
    const own = fromPackage(wish.packageFolder);
    if (own) return own;
  }
  const wantsCuda = cuda || machine.hasNvidiaDriver();
  const cached = [
    ...(wantsCuda ? await layoutsIn(layouts, "cuda") : []),
    ...(cuda ? [] : await layoutsIn(layouts, "cpu")),
  ];
  return cached[0] ?? fromPip(wish, layouts, supply);
}

import { mkdir, readdir, rename, rm, stat, symlink, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { describeSystemError } from "../../src/shared/errors.ts";
import { LAYOUT_STAMP, type Library, layoutStamp, openLayout } from "./library.ts";
import { MissingPart } from "./step.ts";
import { unpackWheel, type Wheel } from "./wheel.ts";

const SHARED_LIBRARY = /\.so(\.\d+)*$/;

/** The two libraries and the C headers that the binding includes; the other 13,000 headers stay behind. */
function wantedFromTensorflow(name: string): boolean {
  return (
    /^tensorflow\/libtensorflow_(cc|framework)\.so\.2$/.test(name) ||
    /^tensorflow\/include\/(tensorflow|xla\/tsl|tsl)\/c\/.*\.h$/.test(name) ||
    /^tensorflow\/include\/.*\/ctstring(_internal)?\.h$/.test(name)
  );
}

function wantedFromNvidia(name: string): boolean {
  return name.startsWith("nvidia/") && SHARED_LIBRARY.test(name);
}

/** Names each NVIDIA library beside libtensorflow, on whose run path (`$ORIGIN`) it is then found. */
async function linkBeside(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) await symlink(join("..", name), join(folder, "tensorflow", basename(name)));
}

async function sizesOf(folder: string, names: readonly string[]): Promise<Record<string, number>> {
  const sizes: Record<string, number> = {};
  for (const name of names) {
    if (SHARED_LIBRARY.test(name)) sizes[name] = (await stat(join(folder, name))).size;
  }
  return sizes;
}

/** Removes what interrupted set-ups left beside the layouts more than a day ago. */
async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch((): string[] => [])) {
    if (!name.startsWith(".part-")) continue;
    const { mtimeMs } = await stat(join(folder, name));
    if (Date.now() - mtimeMs > 24 * 3_600_000) await rm(join(folder, name), { recursive: true, force: true });
  }
}

/**
 * Unpacks a TensorFlow wheel, with the NVIDIA wheels it wants for CUDA, into `target`: `tensorflow/` as in the
 * wheel, `nvidia/` as in site-packages, each NVIDIA library linked beside libtensorflow. Checked against the
 * wheels' checksums; whole or not at all.
 * @throws MissingPart where the wheels are damaged, hold no libtensorflow, or the disk is full
 */
export async function layOutWheels(
  tensorflow: Wheel,
  nvidia: readonly Wheel[],
  target: string,
  supply: string,
): Promise<Library> {
  const parent = dirname(target);
  const part = join(parent, `.part-${process.pid}-${basename(target)}`);
  const origin = `the Python wheel ${basename(tensorflow.path)}`;
  try {
    await mkdir(parent, { recursive: true });
    await sweep(parent);
    const names = await unpackWheel(tensorflow, part, wantedFromTensorflow);
    for (const wheel of nvidia) {
      const added = await unpackWheel(wheel, part, wantedFromNvidia);
      await linkBeside(part, added);
      names.push(...added);
    }
    await writeFile(join(part, LAYOUT_STAMP), layoutStamp(origin, await sizesOf(part, names)));
    if (!openLayout(part))
      throw new Error(`${basename(tensorflow.path)} holds no libtensorflow with its headers`);
    await rm(target, { recursive: true, force: true });
    await rename(part, target);
  } catch (cause) {
    await rm(part, { recursive: true, force: true });
    // Another set-up may have put the same layout there meanwhile.
    if (!openLayout(target)) {
      const text =
        describeSystemError(cause)?.message ?? (cause instanceof Error ? cause.message : String(cause));
      throw new MissingPart(`libtensorflow could not be unpacked: ${text.replace(/\.$/, "")}`, supply, {
        cause,
      });
    }
  }
  const library = openLayout(target);
  if (!library) throw new MissingPart(`libtensorflow in ${target} is incomplete`, supply);
  return library;
}

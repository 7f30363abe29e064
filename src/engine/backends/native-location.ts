import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { requirePackage } from "./math.ts";

const PACKAGE = "@tensorflow/tfjs-node-gpu";

/** What the set-up says about the native backend, kept beside the binding for whoever has to explain it later. */
const nativeRecordSchema = z.object({
  ready: z.boolean(),
  /** Where the library came from, or why there is none: a sentence for the user. */
  reason: z.string(),
  /** How to supply what is missing; null where nothing is. */
  improve: z.string().nullable(),
  /** The circumstances of the attempt, for the set-up itself. */
  key: z.string(),
  /** The folder of the libraries that the binding was placed against; null where there is none. */
  library: z.string().nullable(),
});
export type NativeRecord = z.infer<typeof nativeRecordSchema>;

/** Where the npm package expects its compiled parts. */
export interface NativeLocation {
  /** The npm package's own folder. */
  readonly packageFolder: string;
  /** The N-API binding, compiled by the set-up. */
  readonly binding: string;
  /** The folder (or a link to it) of libtensorflow, on the binding's run path. */
  readonly libraries: string;
  /** The set-up's {@link NativeRecord}. */
  readonly record: string;
}

export function nativeLocation(
  packageFolder = dirname(requirePackage.resolve(`${PACKAGE}/package.json`)),
): NativeLocation {
  return {
    packageFolder,
    binding: join(packageFolder, "lib", "napi-v8", "tfjs_binding.node"),
    libraries: join(packageFolder, "deps", "lib"),
    record: join(packageFolder, "lib", "set-up.json"),
  };
}

/** The set-up's last word, or null where it has never run or its record is unreadable. */
export function readNativeRecord(location: NativeLocation): NativeRecord | null {
  try {
    return nativeRecordSchema.parse(JSON.parse(readFileSync(location.record, "utf8")));
  } catch {
    return null;
  }
}

import { join } from "node:path";
import type { RelocationCheck } from "../../shared/domain/sources.ts";
import { throwIfCancelled } from "../../shared/errors.ts";
import { listRasters } from "../scenes/find-rasters.ts";
import { fingerprintOf } from "./fingerprint.ts";

/** What is known of a file that is looked for elsewhere. */
export interface SoughtFile {
  readonly path: string;
  /** Null where the size is not known. */
  readonly bytes: number | null;
  /** Null where the content is not known. */
  readonly fingerprint: string | null;
}

/** Files whose content is compared: enough to tell two editions of an archive apart in all likelihood. */
const SAMPLE = 64;
const EXAMPLES = 10;
/** With more than this share of the sample different it is another edition, not the same folder with a few changes. */
const MOST_DIFFERENT = 0.5;

/**
 * Whether a folder holds the files of a source, by names, sizes and the content of an evenly spread sample. Names are
 * relative, so it does not matter where the folder lies.
 *
 * @throws FieldmarkError `not-found`, `invalid-input`, `unreadable-file` for the folder itself; `Cancelled`
 */
export async function verifyFolder(
  folder: string,
  sought: readonly SoughtFile[],
  signal?: AbortSignal,
): Promise<Omit<RelocationCheck, "message">> {
  const listing = await listRasters(folder, signal);
  const sizes = new Map(listing.files.map(({ path, bytes }) => [path, bytes]));
  const isThere = ({ path, bytes }: SoughtFile) => {
    const size = sizes.get(path);
    return size !== undefined && (bytes === null || bytes === size);
  };
  const found = sought.filter(isThere);
  const examples = sought.filter((file) => !isThere(file)).map(({ path }) => path);
  const comparable = found.filter(({ fingerprint }) => fingerprint !== null);
  const step = Math.max(1, comparable.length / SAMPLE);
  let sampled = 0;
  let different = 0;
  for (let at = 0; at < comparable.length; at += step) {
    throwIfCancelled(signal);
    const file = comparable[Math.floor(at)];
    if (file === undefined) break;
    sampled++;
    if (sameContent(join(folder, file.path), sizes.get(file.path) ?? 0, file.fingerprint)) continue;
    different++;
    examples.unshift(file.path);
  }
  const isOther = found.length === 0 || different > sampled * MOST_DIFFERENT;
  const isSame = found.length === sought.length && different === 0;
  return {
    folder,
    verdict: isOther ? "other" : isSame ? "same" : "partly",
    files: sought.length,
    found: found.length,
    sampled,
    different,
    examples: examples.slice(0, EXAMPLES),
  };
}

function sameContent(path: string, bytes: number, fingerprint: string | null): boolean {
  try {
    return fingerprintOf(path, bytes) === fingerprint;
  } catch {
    // A file that can't be read can't be vouched for.
    return false;
  }
}

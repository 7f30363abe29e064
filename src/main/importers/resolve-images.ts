import { FieldmarkError } from "../../shared/errors.ts";
import type { PatchLookup } from "../../store/project-store.ts";
import type { ImageReference } from "./importer.ts";
import { listSome } from "./list-some.ts";

function inWords({ image, x, y }: ImageReference): string {
  return x === null || y === null ? image : `${image} at ${x},${y}`;
}

function refuseMissing(missing: readonly ImageReference[], all: number, file: string): never {
  throw new FieldmarkError(
    "unknown-image",
    `${file} names ${missing.length} of ${all} images that this project does not have: ${listSome(missing.map(inWords))}. ` +
      "Nothing was imported. Check that the file belongs to this source.",
    { details: { file, unknown: missing.length } },
  );
}

function refuseAmbiguous(
  ambiguous: readonly ImageReference[],
  examples: readonly string[],
  file: string,
): never {
  throw new FieldmarkError(
    "unknown-image",
    `${file}: ${ambiguous.length} names fit more than one patch: ${listSome(ambiguous.map(inWords))} (for example ${listSome(examples)}). ` +
      "Nothing was imported. Use paths relative to the source, and columns x and y for the windows of a scene.",
    { details: { file, ambiguous: ambiguous.length } },
  );
}

/**
 * The patch ids of a file's image names, in order; null for names that fit no patch where those are passed
 * over, as for an archive of which only a part is at hand. Throws `unknown-image` when a name fits no patch
 * (unless passed over) or several, `invalid-input` when two lines mean the same patch.
 */
export function resolveImages(
  references: readonly ImageReference[],
  lookup: PatchLookup,
  file: string,
  unknown: "refuse" | "pass-over" = "refuse",
): (number | null)[] {
  const missing: ImageReference[] = [];
  const ambiguous: ImageReference[] = [];
  let examples: readonly string[] = [];
  const lineOf = new Map<number, number>();
  const ids = references.map((reference) => {
    const { image, x, y, line } = reference;
    const match = lookup(image, x === null || y === null ? undefined : { x, y });
    if (match.kind === "none") missing.push(reference);
    if (match.kind === "ambiguous") {
      ambiguous.push(reference);
      if (examples.length === 0) examples = match.names;
    }
    if (match.kind !== "one") return null;
    const earlier = lineOf.get(match.patchId);
    if (earlier !== undefined) {
      throw new FieldmarkError(
        "invalid-input",
        line > 0
          ? `${file}, line ${line}: "${inWords(reference)}" is the same patch as in line ${earlier}. Leave one of the two out.`
          : `${file}: "${inWords(reference)}" is a patch that another name in it means too. Leave one of the two out.`,
        { details: { file, line } },
      );
    }
    lineOf.set(match.patchId, line);
    return match.patchId;
  });
  if (missing.length > 0 && unknown === "refuse") refuseMissing(missing, references.length, file);
  if (ambiguous.length > 0) refuseAmbiguous(ambiguous, examples, file);
  return ids;
}

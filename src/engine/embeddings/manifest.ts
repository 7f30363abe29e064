import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { optionValuesSchema } from "../../shared/domain/learning.ts";
import { FieldmarkError, systemCode } from "../../shared/errors.ts";
import { bytesOf, writeAtomically } from "./files.ts";
import { arrayLayoutSchema, type NamedArrays, packArrays, unpackArrays } from "./named-arrays.ts";

/** Neighbouring dimensions of one kind, and how much the kind counts in distances (see `EmbeddingSpace`). */
export const dimensionGroupSchema = z.object({
  name: z.string(),
  length: z.number().int().positive(),
  weight: z.number().positive(),
});
export type DimensionGroup = z.infer<typeof dimensionGroupSchema>;

/** `encoder.json`: the frozen encoder that made every vector of the folder. */
export const manifestSchema = z.object({
  format: z.literal(1),
  encoder: z.string(),
  /** The encoder's own version: vectors of different versions are not comparable. */
  version: z.number().int(),
  options: optionValuesSchema,
  seed: z.number().int(),
  /** Names of the bands that are read, in order. */
  bands: z.array(z.string()).min(1),
  /** Median side in pixels of the patches that the encoder was fitted to. */
  side: z.number().int().positive(),
  dimensions: z.number().int().positive(),
  groups: z.array(dimensionGroupSchema).min(1),
  /** What the encoder fitted to the archive (sizes, band scales); its own form. */
  config: z.record(z.string(), z.unknown()),
  /** Layout of `encoder.f32`. */
  arrays: arrayLayoutSchema,
});
export type Manifest = z.infer<typeof manifestSchema>;

const MANIFEST_FILE = "encoder.json";
const ARRAYS_FILE = "encoder.f32";

/**
 * The folder's manifest and the encoder's arrays, or null where the folder has none.
 * @throws FieldmarkError `no-embeddings` where they are there but damaged or of a newer format
 */
export async function readManifest(
  folder: string,
): Promise<{ manifest: Manifest; arrays: NamedArrays } | null> {
  let text: string;
  try {
    text = await readFile(join(folder, MANIFEST_FILE), "utf8");
  } catch (error) {
    if (systemCode(error) === "ENOENT") return null;
    throw error;
  }
  try {
    const manifest = manifestSchema.parse(JSON.parse(text));
    const bytes = await readFile(join(folder, ARRAYS_FILE));
    const values = new Float32Array(
      bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength),
    );
    const arrays = unpackArrays(manifest.arrays, values);
    if (!arrays) throw new Error(`${ARRAYS_FILE} has ${values.length} values`);
    return { manifest, arrays };
  } catch (cause) {
    throw new FieldmarkError(
      "no-embeddings",
      `The embeddings in ${folder} are damaged or were written by a newer Fieldmark. Delete that folder; they are computed anew from the imagery.`,
      { details: { path: folder }, cause },
    );
  }
}

/** Writes the arrays first: a manifest that is there has its arrays. */
export async function writeManifest(
  folder: string,
  manifest: Omit<Manifest, "format" | "arrays">,
  arrays: NamedArrays,
): Promise<void> {
  const { layout, values } = packArrays(arrays);
  await writeAtomically(join(folder, ARRAYS_FILE), bytesOf(values));
  const complete: Manifest = { format: 1, ...manifest, arrays: layout };
  await writeAtomically(join(folder, MANIFEST_FILE), `${JSON.stringify(complete, null, 2)}\n`);
}

import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import {
  type Metrics,
  metricsSchema,
  optionValuesSchema,
  projectKindSchema,
} from "../../shared/domain/learning.ts";
import { FieldmarkError } from "../../shared/errors.ts";
import type { EmbeddingSpace } from "../embeddings/embedding-space.ts";
import { bytesOf, writeAtomically } from "../embeddings/files.ts";
import { arrayLayoutSchema, type NamedArrays, packArrays, unpackArrays } from "../embeddings/named-arrays.ts";
import type { HeadState } from "./head.ts";

/** `model.json`: a head trained on one embeddings folder. */
const descriptionSchema = z.object({
  format: z.literal(1),
  head: z.string(),
  options: optionValuesSchema,
  kind: projectKindSchema,
  /** Columns of the probabilities, in order. */
  classIds: z.array(z.number().int()),
  encoder: z.object({
    id: z.string(),
    version: z.number().int(),
    seed: z.number().int(),
    dimensions: z.number().int(),
  }),
  seed: z.number().int(),
  labeled: z.number().int(),
  metrics: metricsSchema.nullable(),
  config: z.record(z.string(), z.unknown()),
  /** Layout of `weights.f32`. */
  arrays: arrayLayoutSchema,
});
export type ModelDescription = Omit<z.infer<typeof descriptionSchema>, "format" | "arrays" | "config">;

export interface StoredModel {
  readonly description: ModelDescription;
  readonly space: EmbeddingSpace;
  readonly state: HeadState;
}

const DESCRIPTION_FILE = "model.json";
const WEIGHTS_FILE = "weights.f32";
const SPACE_MEAN = "space.mean";
const SPACE_SCALE = "space.scale";

/** Writes into a temporary folder beside `folder` and renames it: a model is there completely or not at all. */
export async function writeModel(folder: string, model: StoredModel): Promise<void> {
  const { description, space, state } = model;
  const { layout, values } = packArrays({
    ...state.arrays,
    [SPACE_MEAN]: space.mean,
    [SPACE_SCALE]: space.scale,
  });
  const file: z.input<typeof descriptionSchema> = {
    format: 1,
    ...description,
    config: { ...state.config },
    arrays: layout,
  };
  await mkdir(dirname(folder), { recursive: true });
  const temporary = `${folder}.${randomUUID()}.tmp`;
  try {
    await mkdir(temporary);
    await writeFile(join(temporary, WEIGHTS_FILE), bytesOf(values), { flush: true });
    await writeFile(join(temporary, DESCRIPTION_FILE), `${JSON.stringify(file, null, 2)}\n`, { flush: true });
    await rm(folder, { recursive: true, force: true });
    await rename(temporary, folder);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
}

/** Adds the metrics to a model that had to be there to be measured. */
export async function saveMetrics(folder: string, metrics: Metrics | null): Promise<void> {
  const file = join(folder, DESCRIPTION_FILE);
  const description = descriptionSchema.parse(JSON.parse(await readFile(file, "utf8")));
  await writeAtomically(file, `${JSON.stringify({ ...description, metrics }, null, 2)}\n`);
}

/** @throws FieldmarkError `no-model` where the folder holds none, or a damaged or newer one */
export async function readModel(folder: string): Promise<StoredModel> {
  try {
    const text = await readFile(join(folder, DESCRIPTION_FILE), "utf8");
    const {
      format: _format,
      arrays: layout,
      config,
      ...description
    } = descriptionSchema.parse(JSON.parse(text));
    const bytes = await readFile(join(folder, WEIGHTS_FILE));
    const whole = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
    const unpacked = unpackArrays(layout, whole);
    const mean = unpacked?.[SPACE_MEAN];
    const scale = unpacked?.[SPACE_SCALE];
    if (!unpacked || !mean || !scale) throw new Error(`${WEIGHTS_FILE} is incomplete`);
    const arrays: NamedArrays = Object.fromEntries(
      Object.entries(unpacked).filter(([name]) => name !== SPACE_MEAN && name !== SPACE_SCALE),
    );
    return { description, space: { mean, scale }, state: { config, arrays } };
  } catch (cause) {
    throw new FieldmarkError(
      "no-model",
      `The model in ${folder} is missing, damaged or of a newer Fieldmark. Train again; labels are not affected.`,
      { details: { path: folder }, cause },
    );
  }
}

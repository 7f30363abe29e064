import { createHash } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import type { LabelMatrix } from "../../shared/contracts/engine.ts";
import { optionValuesSchema, projectKindSchema } from "../../shared/domain/learning.ts";
import { systemCode } from "../../shared/errors.ts";
import { bytesOf, writeAtomically } from "../embeddings/files.ts";
import { arrayLayoutSchema, type NamedArrays, packArrays, unpackArrays } from "../embeddings/named-arrays.ts";
import { pixelFormSchema } from "./pixel-form.ts";

/** Raised when older versions could no longer go on from what is written. */
const FORMAT = 1;
const HEADER_BYTES = 8;

/** What a training is: where any of it differs, it is another training. */
const trainingIdentitySchema = z.object({
  network: z.string(),
  options: optionValuesSchema,
  kind: projectKindSchema,
  /** Columns of the labels, in order. */
  classIds: z.array(z.number().int()),
  /** SHA-256 of the ids and states of the labels. */
  labels: z.string(),
  seed: z.number().int(),
  /** Name of the model folder whose weights it began with; null = fresh ones. */
  warmStart: z.string().nullable(),
  /** λ and ξ of the loss module; null = none. */
  lossModule: z.object({ lambda: z.number(), xi: z.number() }).nullable(),
});
export type TrainingIdentity = z.infer<typeof trainingIdentitySchema>;

const headerSchema = z.object({
  format: z.literal(FORMAT),
  training: trainingIdentitySchema,
  /** In the order of `classIds`; empty where nobody said. */
  classNames: z.array(z.string()),
  /** The newest label that it knows, as a position in the project's journal; null where nobody said. */
  journalPosition: z.number().int().nullable(),
  form: pixelFormSchema,
  position: z.object({
    epoch: z.number().int(),
    batch: z.number().int(),
    lossSum: z.number(),
    history: z.array(z.object({ loss: z.number(), heldOut: z.number().nullable() })),
  }),
  watch: z.object({ bestLoss: z.number().nullable(), since: z.number().int() }).nullable(),
  /** Layout of the values that follow the header. */
  arrays: arrayLayoutSchema,
});

/** An unfinished training, complete enough to go on from to the same weights. */
export interface Checkpoint extends Omit<z.infer<typeof headerSchema>, "format" | "arrays"> {
  readonly arrays: NamedArrays;
}

/** What was found where a checkpoint may lie. */
export type FoundCheckpoint =
  | { readonly kind: "usable"; readonly checkpoint: Checkpoint }
  | { readonly kind: "none" }
  /** It stays as it is until a checkpoint of the new training takes its place. */
  | { readonly kind: "unusable"; readonly reason: string };

/** SHA-256 of some labels, for the snapshot. */
export function labelHash({ ids, states }: LabelMatrix): string {
  const hash = createHash("sha256").update(bytesOf(ids));
  return hash.update(new Uint8Array(states.buffer, states.byteOffset, states.byteLength)).digest("hex");
}

/** One file, so that it is there completely or not at all: length of the header, header, values. */
export async function writeCheckpoint(file: string, { arrays, ...rest }: Checkpoint): Promise<void> {
  const { layout, values } = packArrays(arrays);
  const header: z.input<typeof headerSchema> = { format: FORMAT, ...rest, arrays: layout };
  const text = Buffer.from(JSON.stringify(header), "utf8");
  const length = Buffer.alloc(HEADER_BYTES);
  length.writeUInt32LE(text.length);
  await mkdir(dirname(file), { recursive: true });
  await writeAtomically(file, Buffer.concat([length, text, bytesOf(values)]));
}

/** Looks for a checkpoint of this training. Never throws for what the file holds: training can always start anew. */
export async function findCheckpoint(file: string, training: TrainingIdentity): Promise<FoundCheckpoint> {
  const bytes = await readIfThere(file);
  if (bytes === null) return { kind: "none" };
  const checkpoint = parse(bytes);
  if (checkpoint === "newer") {
    return { kind: "unusable", reason: "An unfinished training of a newer Fieldmark was left aside." };
  }
  if (checkpoint === null) {
    return { kind: "unusable", reason: "An unfinished training was damaged and left aside." };
  }
  const differing = (Object.keys(training) as (keyof TrainingIdentity)[]).filter(
    (key) => canonical(checkpoint.training[key]) !== canonical(training[key]),
  );
  if (differing.length === 0) return { kind: "usable", checkpoint };
  const reason = `An unfinished training with other ${differing.join(", ")} was left aside.`;
  return { kind: "unusable", reason };
}

/** JSON with sorted keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

async function readIfThere(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if (systemCode(error) === "ENOENT") return null;
    throw error;
  }
}

function parse(bytes: Buffer): Checkpoint | "newer" | null {
  try {
    const start = HEADER_BYTES + bytes.readUInt32LE(0);
    const json: unknown = JSON.parse(bytes.toString("utf8", HEADER_BYTES, start));
    const parsed = headerSchema.safeParse(json);
    if (!parsed.success) return isNewer(json) ? "newer" : null;
    const { format: _format, arrays: layout, ...rest } = parsed.data;
    const body = bytes.buffer.slice(bytes.byteOffset + start, bytes.byteOffset + bytes.byteLength);
    const arrays = unpackArrays(layout, new Float32Array(body));
    return arrays && { ...rest, arrays };
  } catch {
    return null;
  }
}

function isNewer(header: unknown): boolean {
  const format = typeof header === "object" && header !== null ? Reflect.get(header, "format") : null;
  return typeof format === "number" && format > FORMAT;
}

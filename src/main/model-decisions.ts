import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { deflateRaw, inflateRaw } from "node:zlib";
import { promisify } from "node:util";
import { decide } from "../engine/metrics/metrics.ts";
import type { ProjectKind } from "../shared/domain/learning.ts";
import { writeFileAtomically } from "./atomic-files.ts";
import type { PredictionTable } from "./predictions.ts";

/** What a model says of many patches, present or absent. */
export interface ModelDecisions {
  readonly classIds: readonly number[];
  /** Patches that the model has an opinion of, ascending. */
  readonly ids: Int32Array;
  /** ids.length × classIds.length, row-major: 1 present, 0 absent. */
  readonly decisions: Uint8Array;
}

const FILE = "decisions.bin";
const MAGIC = 0x464d4431; // "FMD1"
const HEADER_WORDS = 3;
const compress = promisify(deflateRaw);
const decompress = promisify(inflateRaw);

/** Leaves out the patches without an embedding. */
export function decisionsOf(table: PredictionTable, kind: ProjectKind): ModelDecisions {
  const { classIds, ids, probabilities } = table;
  const classes = classIds.length;
  const known = Uint32Array.from(ids.keys()).filter(
    (row) => classes > 0 && !Number.isNaN(probabilities[row * classes]!),
  );
  const order = known.sort((a, b) => ids[a]! - ids[b]!);
  const all = decide(probabilities, classes, kind);
  const decisions = new Uint8Array(order.length * classes);
  order.forEach((row, at) => {
    decisions.set(all.subarray(row * classes, (row + 1) * classes), at * classes);
  });
  return { classIds, ids: Int32Array.from(order, (row) => ids[row]!), decisions };
}

/**
 * Keeps a model's decisions beside its weights, so that models of any two rounds can be compared later: magic, counts,
 * class ids, gaps between the ascending patch ids (32-bit little-endian), one bit a decision, all of it deflated. A
 * million patches of 20 classes take about 2 MB.
 */
export async function saveDecisions(
  modelFolder: string,
  { classIds, ids, decisions }: ModelDecisions,
): Promise<void> {
  const header = new Int32Array(HEADER_WORDS + classIds.length + ids.length);
  header.set([MAGIC, classIds.length, ids.length]);
  header.set(classIds, HEADER_WORDS);
  const gapsAt = HEADER_WORDS + classIds.length;
  ids.forEach((id, at) => {
    header[gapsAt + at] = id - (ids[at - 1] ?? 0);
  });
  const bytes = new Uint8Array(header.byteLength + Math.ceil(decisions.length / 8));
  bytes.set(new Uint8Array(header.buffer));
  for (let at = 0; at < decisions.length; at++)
    bytes[header.byteLength + (at >> 3)]! |= decisions[at]! << (at & 7);
  await writeFileAtomically(join(modelFolder, FILE), await compress(bytes));
}

/** Null where there are none, or they are damaged: the model was trained by an earlier version. */
export async function loadDecisions(modelFolder: string): Promise<ModelDecisions | null> {
  const file = join(modelFolder, FILE);
  if (!existsSync(file)) return null;
  const packed = await decompress(await readFile(file)).catch(() => null);
  if (!packed) return null;
  const bytes = new Uint8Array(packed);
  const words = new Int32Array(bytes.buffer.slice(0, bytes.byteLength - (bytes.byteLength % 4)));
  const [magic = 0, classes = 0, patches = 0] = words;
  const gapsAt = HEADER_WORDS + classes;
  const bitsAt = 4 * (gapsAt + patches);
  if (magic !== MAGIC || bytes.byteLength !== bitsAt + Math.ceil((patches * classes) / 8)) return null;
  const ids = words.slice(gapsAt, gapsAt + patches);
  for (let at = 1; at < ids.length; at++) ids[at]! += ids[at - 1]!;
  const decisions = Uint8Array.from(
    { length: patches * classes },
    (_, at) => (bytes[bitsAt + (at >> 3)]! >> (at & 7)) & 1,
  );
  return { classIds: Array.from(words.subarray(HEADER_WORDS, gapsAt)), ids, decisions };
}

export function hasDecisions(modelFolder: string): boolean {
  return existsSync(join(modelFolder, FILE));
}

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { deflateRaw, inflateRaw } from "node:zlib";
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
  /** Patches that the model was trained on, ascending: nothing may be measured on them. */
  readonly trainedOn: Int32Array;
}

const FILE = "decisions.bin";
const MAGIC = 0x464d4431; // "FMD1"
const HEADER_WORDS = 4;
const compress = promisify(deflateRaw);
const decompress = promisify(inflateRaw);

/** Leaves out the patches without an embedding. */
export function decisionsOf(
  table: PredictionTable,
  kind: ProjectKind,
  trainedOn: Int32Array,
): ModelDecisions {
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
  return {
    classIds,
    ids: Int32Array.from(order, (row) => ids[row]!),
    decisions,
    trainedOn: Int32Array.from(trainedOn).sort(),
  };
}

/** Ascending ids as the gaps between them, which deflate to little. */
function gapsOf(ids: Int32Array): Int32Array {
  return ids.map((id, at) => id - (ids[at - 1] ?? 0));
}

function idsOf(gaps: Int32Array): Int32Array {
  let id = 0;
  return gaps.map((gap) => {
    id += gap;
    return id;
  });
}

/**
 * Keeps a model's decisions beside its weights, so that models of any two rounds can be compared later: magic, counts,
 * class ids, patch ids and trained patches as gaps (32-bit little-endian), one bit a decision, all of it deflated. A
 * million patches of 20 classes take 2.5 MB at most.
 */
export async function saveDecisions(modelFolder: string, kept: ModelDecisions): Promise<void> {
  const { classIds, ids, decisions, trainedOn } = kept;
  const head = Int32Array.of(...[MAGIC, classIds.length, ids.length, trainedOn.length], ...classIds);
  const words = new Int32Array(head.length + ids.length + trainedOn.length);
  words.set(head);
  words.set(gapsOf(ids), head.length);
  words.set(gapsOf(trainedOn), head.length + ids.length);
  const bytes = new Uint8Array(words.byteLength + Math.ceil(decisions.length / 8));
  bytes.set(new Uint8Array(words.buffer));
  for (let at = 0; at < decisions.length; at++)
    bytes[words.byteLength + (at >> 3)]! |= decisions[at]! << (at & 7);
  await writeFileAtomically(join(modelFolder, FILE), await compress(bytes));
}

/** Null where there are none, or they are damaged: the model was trained by an earlier version. */
export async function loadDecisions(modelFolder: string): Promise<ModelDecisions | null> {
  const file = join(modelFolder, FILE);
  if (!existsSync(file)) return null;
  const packed = await decompress(await readFile(file)).catch(() => null);
  if (!packed) return null;
  const bytes = Uint8Array.from(packed);
  const words = new Int32Array(bytes.buffer, 0, Math.floor(bytes.byteLength / 4));
  const [magic = 0, classes = 0, patches = 0, trained = 0] = words;
  const idsAt = HEADER_WORDS + classes;
  const trainedAt = idsAt + patches;
  const bitsAt = 4 * (trainedAt + trained);
  if (magic !== MAGIC || bytes.byteLength !== bitsAt + Math.ceil((patches * classes) / 8)) return null;
  return {
    classIds: Array.from(words.subarray(HEADER_WORDS, idsAt)),
    ids: idsOf(words.slice(idsAt, trainedAt)),
    trainedOn: idsOf(words.slice(trainedAt, trainedAt + trained)),
    decisions: Uint8Array.from(
      { length: patches * classes },
      (_, at) => (bytes[bitsAt + (at >> 3)]! >> (at & 7)) & 1,
    ),
  };
}

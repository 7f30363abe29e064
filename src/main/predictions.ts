import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomically } from "./atomic-files.ts";

/** Probabilities of one model for many patches. */
export interface PredictionTable {
  readonly modelId: string;
  readonly classIds: readonly number[];
  readonly ids: Int32Array;
  /** ids.length × classIds.length, row-major, 0 to 1; NaN where a patch has no embedding. */
  readonly probabilities: Float32Array;
}

/** The newest model's predictions, looked up by patch. */
export class Predictions {
  readonly table: PredictionTable;
  readonly #rows: ReadonlyMap<number, number>;

  constructor(table: PredictionTable) {
    this.table = table;
    this.#rows = new Map(Array.from(table.ids, (id, row) => [id, row]));
  }

  /** Class id → probability; null for a patch without a prediction. */
  of(patchId: number): Record<string, number> | null {
    const row = this.#rows.get(patchId);
    if (row === undefined) return null;
    const { classIds, probabilities } = this.table;
    const first = probabilities[row * classIds.length];
    if (first === undefined || Number.isNaN(first)) return null;
    return Object.fromEntries(
      classIds.map((classId, column) => [classId, probabilities[row * classIds.length + column] ?? 0]),
    );
  }
}

const MAGIC = 0x464d5031; // "FMP1"
const HEADER_WORDS = 3;

function cacheFolder(projectFolder: string): string {
  return join(projectFolder, "cache", "predictions");
}

/** One file: magic, counts, class ids, patch ids, probabilities; all little-endian 32-bit. */
export async function savePredictions(projectFolder: string, table: PredictionTable): Promise<void> {
  const { classIds, ids, probabilities, modelId } = table;
  const words = HEADER_WORDS + classIds.length + ids.length;
  const integers = new Int32Array(words);
  integers.set([MAGIC, classIds.length, ids.length]);
  integers.set(classIds, HEADER_WORDS);
  integers.set(ids, HEADER_WORDS + classIds.length);
  const bytes = new Uint8Array(integers.byteLength + probabilities.byteLength);
  bytes.set(new Uint8Array(integers.buffer));
  bytes.set(
    new Uint8Array(probabilities.buffer, probabilities.byteOffset, probabilities.byteLength),
    integers.byteLength,
  );
  const folder = cacheFolder(projectFolder);
  await mkdir(folder, { recursive: true });
  await writeFileAtomically(join(folder, `${modelId}.bin`), bytes);
  const old = (await readdir(folder)).filter((name) => name !== `${modelId}.bin`);
  await Promise.all(old.map((name) => rm(join(folder, name), { force: true })));
}

/** Null when the cache does not hold this model, or is damaged: it can always be computed anew. */
export async function loadPredictions(
  projectFolder: string,
  modelId: string,
): Promise<PredictionTable | null> {
  const file = join(cacheFolder(projectFolder), `${modelId}.bin`);
  if (!existsSync(file)) return null;
  const bytes = new Uint8Array(await readFile(file));
  if (bytes.byteLength < 4 * HEADER_WORDS || bytes.byteLength % 4 !== 0) return null;
  const integers = new Int32Array(bytes.buffer);
  const [magic = 0, classes = 0, patches = 0] = integers;
  const idsAt = HEADER_WORDS + classes;
  if (magic !== MAGIC || integers.length !== idsAt + patches + patches * classes) return null;
  return {
    modelId,
    classIds: Array.from(integers.subarray(HEADER_WORDS, idsAt)),
    ids: integers.slice(idsAt, idsAt + patches),
    probabilities: new Float32Array(bytes.buffer, 4 * (idsAt + patches)),
  };
}

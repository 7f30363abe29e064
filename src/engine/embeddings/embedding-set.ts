import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { FieldmarkError, systemCode } from "../../shared/errors.ts";
import { bytesOf } from "./files.ts";
import { type Manifest, readManifest } from "./manifest.ts";
import { completeCount, IDS_FILE, VECTORS_FILE } from "./vector-files.ts";
import type { Vectors } from "./vectors.ts";

/** Neighbouring rows closer than this are fetched with one read, gaps included. */
const READ_GAP_ROWS = 8;
/** Largest single read. */
const READ_BYTES = 32 * 1024 * 1024;

/** The vectors of an embeddings folder; rows are read from disk when asked for, none are kept. */
export interface EmbeddingSet {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly dimensions: number;
  readonly count: number;
  /** Row of a patch, or undefined where it has no embedding. */
  rowOf(id: number): number | undefined;
  /** The given rows, in the given order. */
  readRows(rows: ArrayLike<number>): Promise<Vectors>;
  close(): Promise<void>;
}

/** @throws FieldmarkError `no-embeddings` where the folder holds none or they are damaged */
export async function openEmbeddings(folder: string): Promise<EmbeddingSet> {
  const found = await readManifest(folder);
  if (!found) throw noEmbeddings(folder);
  const { manifest } = found;
  const { dimensions } = manifest;
  const opened: FileHandle[] = [];
  try {
    const idFile = await open(join(folder, IDS_FILE), "r");
    opened.push(idFile);
    const vectorFile = await open(join(folder, VECTORS_FILE), "r");
    opened.push(vectorFile);
    const count = completeCount((await idFile.stat()).size, (await vectorFile.stat()).size, dimensions);
    const ids = new Int32Array(count);
    if (count > 0) await readFully(idFile, bytesOf(ids), 0, folder);
    const rowById = new Map<number, number>();
    for (let row = 0; row < count; row++) rowById.set(ids[row]!, row);
    return {
      folder,
      manifest,
      dimensions,
      count,
      rowOf: (id) => rowById.get(id),
      readRows: (rows) => readRows(vectorFile, rows, dimensions, folder),
      async close() {
        for (const file of opened) await file.close();
      },
    };
  } catch (error) {
    for (const file of opened) await file.close();
    if (systemCode(error) === "ENOENT") throw noEmbeddings(folder);
    throw error;
  }
}

function noEmbeddings(folder: string): FieldmarkError {
  return new FieldmarkError("no-embeddings", `There are no embeddings in ${folder}. Run "encode" first.`, {
    details: { path: folder },
  });
}

async function readFully(file: FileHandle, target: Uint8Array, position: number, folder: string) {
  let done = 0;
  while (done < target.length) {
    const { bytesRead } = await file.read(target, done, target.length - done, position + done);
    if (bytesRead === 0) {
      throw new FieldmarkError(
        "no-embeddings",
        `The embeddings in ${folder} end too early. Run "encode" again to complete them.`,
        { details: { path: folder } },
      );
    }
    done += bytesRead;
  }
}

/** Reads in file order, in runs, and puts each row where it was asked for. */
async function readRows(
  file: FileHandle,
  rows: ArrayLike<number>,
  dimensions: number,
  folder: string,
): Promise<Vectors> {
  const values = new Float32Array(rows.length * dimensions);
  const order = Uint32Array.from({ length: rows.length }, (_, index) => index).sort(
    (a, b) => rows[a]! - rows[b]!,
  );
  const rowBytes = dimensions * 4;
  const mostRows = Math.max(1, Math.floor(READ_BYTES / rowBytes));
  let at = 0;
  while (at < order.length) {
    const first = rows[order[at]!]!;
    let end = at + 1;
    while (end < order.length) {
      const row = rows[order[end]!]!;
      if (row - rows[order[end - 1]!]! > READ_GAP_ROWS || row - first >= mostRows) break;
      end++;
    }
    const span = rows[order[end - 1]!]! - first + 1;
    const block = new Float32Array(span * dimensions);
    await readFully(file, bytesOf(block), first * rowBytes, folder);
    for (; at < end; at++) {
      const position = order[at]!;
      const start = (rows[position]! - first) * dimensions;
      values.set(block.subarray(start, start + dimensions), position * dimensions);
    }
  }
  return { values, count: rows.length, dimensions };
}

import { open } from "node:fs/promises";
import { join } from "node:path";
import { bytesOf } from "./files.ts";

export const IDS_FILE = "ids.i32";
export const VECTORS_FILE = "vectors.f32";

/** Appends blocks of vectors to an embeddings folder. */
export interface VectorWriter {
  /** Ids that already had a vector when the writer was opened. */
  readonly known: ReadonlySet<number>;
  append(ids: Int32Array, values: Float32Array): Promise<void>;
  close(): Promise<void>;
}

/** Vectors that both files hold completely: an interrupted write leaves a tail in one of them. */
export function completeCount(idBytes: number, vectorBytes: number, dimensions: number): number {
  return Math.min(Math.floor(idBytes / 4), Math.floor(vectorBytes / (4 * dimensions)));
}

/**
 * Opens the two files for appending and cuts off what an interrupted write left behind.
 * A block's vectors reach the disk before its ids, so an id that can be read has its vector.
 */
export async function openVectorWriter(folder: string, dimensions: number): Promise<VectorWriter> {
  // "a+" would ignore positions on Linux; "r+" needs the file, which "a" makes.
  for (const name of [IDS_FILE, VECTORS_FILE]) await (await open(join(folder, name), "a")).close();
  const idFile = await open(join(folder, IDS_FILE), "r+");
  const vectorFile = await open(join(folder, VECTORS_FILE), "r+");
  let count = completeCount((await idFile.stat()).size, (await vectorFile.stat()).size, dimensions);
  await idFile.truncate(count * 4);
  await vectorFile.truncate(count * 4 * dimensions);
  const ids = new Int32Array(count);
  if (count > 0) await idFile.read(bytesOf(ids), 0, count * 4, 0);
  return {
    known: new Set(ids),
    async append(newIds, values) {
      await vectorFile.write(bytesOf(values), 0, values.byteLength, count * 4 * dimensions);
      await vectorFile.datasync();
      await idFile.write(bytesOf(newIds), 0, newIds.byteLength, count * 4);
      await idFile.datasync();
      count += newIds.length;
    },
    async close() {
      await idFile.close();
      await vectorFile.close();
    },
  };
}

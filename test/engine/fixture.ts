import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { scanFolder } from "../../src/archive/scan.ts";
import { writeGeoTiff } from "../../src/archive/tiff/write.ts";
import { loadBackend } from "../../src/engine/backends/index.ts";
import { writeManifest } from "../../src/engine/embeddings/manifest.ts";
import { openVectorWriter } from "../../src/engine/embeddings/vector-files.ts";
import type { Vectors } from "../../src/engine/embeddings/vectors.ts";
import type { PatchTable } from "../../src/shared/domain/imagery.ts";
import { createRandom, type Random } from "../../src/shared/random.ts";
import type { SampleArray, SampleType } from "../../src/shared/raster.ts";

/** The machine's own backend: the same assertions hold on all of them. */
export const { tf } = await loadBackend();

export async function scratchFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "fieldmark-engine-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export function vectorsOf(rows: readonly (readonly number[])[]): Vectors {
  return {
    values: Float32Array.from(rows.flat()),
    count: rows.length,
    dimensions: rows[0]?.length ?? 1,
  };
}

export function normalVectors(count: number, dimensions: number, random: Random): Vectors {
  return {
    values: Float32Array.from({ length: count * dimensions }, () => random.normal()),
    count,
    dimensions,
  };
}

/** Points around `kinds` far centres; patch i is of kind i % kinds. Labels: class c is present on kinds ≥ c. */
export function blobs(count: number, dimensions: number, kinds: number, classes: number, seed = 1) {
  const random = createRandom(seed);
  const centers = normalVectors(kinds, dimensions, random);
  const vectors = normalVectors(count, dimensions, random);
  const labels = new Int8Array(count * classes);
  for (let row = 0; row < count; row++) {
    const kind = row % kinds;
    for (let d = 0; d < dimensions; d++) {
      const at = row * dimensions + d;
      vectors.values[at] = 3 * centers.values[kind * dimensions + d]! + vectors.values[at]!;
    }
    for (let c = 0; c < classes; c++)
      labels[row * classes + c] = kind >= c + 1 || (kind === 0 && c === 0) ? 1 : 0;
  }
  return { vectors, labels, kinds: Uint8Array.from({ length: count }, (_, row) => row % kinds) };
}

/** An embeddings folder with these vectors, ids counting from `firstId`. */
export async function writeEmbeddings(folder: string, vectors: Vectors, firstId = 1): Promise<Int32Array> {
  const { count, dimensions, values } = vectors;
  await writeManifest(
    folder,
    {
      encoder: "stats",
      version: 1,
      options: {},
      seed: 1,
      bands: ["Grey"],
      side: 16,
      dimensions,
      groups: [{ name: "statistics", length: dimensions, weight: 1 }],
      config: {},
    },
    {},
  );
  const ids = Int32Array.from({ length: count }, (_, row) => firstId + row);
  const writer = await openVectorWriter(folder, dimensions);
  await writer.append(ids, values);
  await writer.close();
  return ids;
}

export interface ArchiveShape {
  readonly count: number;
  readonly side: number;
  readonly bands: number;
  readonly dtype?: SampleType;
}

const ARRAYS = { uint8: Uint8Array, uint16: Uint16Array, float32: Float32Array } as const;

/** Sample values of patch `index`: even patches smooth and dark, odd ones striped and bright. */
function paint(index: number, band: number, { side, dtype = "uint8" }: ArchiveShape): SampleArray {
  const random = createRandom(`${index}/${band}`);
  const scale = dtype === "uint8" ? 1 : dtype === "uint16" ? 40 : 0.01;
  const make = ARRAYS[dtype === "uint16" || dtype === "float32" ? dtype : "uint8"];
  const samples = new make(side * side);
  for (let i = 0; i < samples.length; i++) {
    const stripes = index % 2 === 0 ? 0 : 60 * (Math.floor((i % side) / 2) % 2);
    samples[i] = (60 + 20 * band * (index % 3) + stripes + 8 * random.next()) * scale;
  }
  return samples;
}

/** Writes single-patch files and lists them as the application does. */
export async function writeArchive(folder: string, shape: ArchiveShape): Promise<PatchTable> {
  for (let index = 0; index < shape.count; index++) {
    await writeGeoTiff(join(folder, `patch-${String(index).padStart(3, "0")}.tif`), {
      width: shape.side,
      height: shape.side,
      bands: Array.from({ length: shape.bands }, (_, band) => paint(index, band, shape)),
      dtype: shape.dtype ?? "uint8",
      compression: "deflate",
    });
  }
  return wholeFiles(folder);
}

/** Every scene below a folder as one patch; ids count from 1 in the order of names. */
export async function wholeFiles(folder: string): Promise<PatchTable> {
  const { scenes } = await scanFolder(folder);
  const column = (of: (index: number) => number) => Int32Array.from(scenes, (_, index) => of(index));
  return {
    root: folder,
    scenes,
    ids: column((index) => index + 1),
    scene: column((index) => index),
    x: column(() => 0),
    y: column(() => 0),
    width: column((index) => scenes[index]!.width),
    height: column((index) => scenes[index]!.height),
  };
}

/** The first `count` patches of a table. */
export function firstPatches(patches: PatchTable, count: number): PatchTable {
  return {
    ...patches,
    ids: patches.ids.slice(0, count),
    scene: patches.scene.slice(0, count),
    x: patches.x.slice(0, count),
    y: patches.y.slice(0, count),
    width: patches.width.slice(0, count),
    height: patches.height.slice(0, count),
  };
}

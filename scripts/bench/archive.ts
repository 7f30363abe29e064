// Reading of 4000 × 4000 × 4 uint16 GeoTIFFs with 256-pixel tiles, next to GDAL's Python binding on the same files.
// Both readers run in processes confined to one core, take turns, and keep no decoded blocks; the least of several
// times counts. "ratio" compares processor seconds of all threads: on a quiet machine those are the seconds of a single
// thread, and on a busy one they are all that can be compared. "wallRatio" compares seconds on the clock. Two figures
// more: how many bytes windows read, next to those of the tiles they touch, and the memory that reading a large file
// in windows takes.
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { writeGeoTiff } from "../../src/archive/tiff/write.ts";
import { type Cost, PICTURE, type Request, WINDOW, WINDOWS } from "./archive/jobs.ts";
import { archiveSide, gdalSide, type Side } from "./archive/sides.ts";

const execute = promisify(execFile);

const SIDE = 4000;
const BANDS = 4;
const REPEATS = 5;

const LAYOUTS = [
  { name: "none", options: [] },
  { name: "deflate", options: ["COMPRESS=DEFLATE"] },
  { name: "deflate + predictor 2", options: ["COMPRESS=DEFLATE", "PREDICTOR=2"] },
  { name: "lzw", options: ["COMPRESS=LZW"] },
  { name: "lzw + predictor 2", options: ["COMPRESS=LZW", "PREDICTOR=2"] },
  { name: "zstd", options: ["COMPRESS=ZSTD"] },
  { name: "zstd + predictor 2", options: ["COMPRESS=ZSTD", "PREDICTOR=2"] },
  { name: "packbits", options: ["COMPRESS=PACKBITS"] },
] as const;

const JOBS = [
  { id: "whole", name: "whole" },
  // Both read into the arrays of the last time: how long the system takes to hand out new ones is left out.
  { id: "again", name: "whole, into arrays at hand" },
  { id: "windows", name: `${WINDOWS} windows of ${WINDOW}` },
  { id: "reduced", name: `means, ${PICTURE} × ${PICTURE}` },
] as const;

/** The large file: so many copies of the other, across and down. */
const COPIES = 3;
const MOST_MEGABYTES = 500;

/** Smooth land with noise: about as compressible as a satellite scene. */
function makePlanes(): Uint16Array[] {
  let state = 1;
  return Array.from({ length: BANDS }, (_, band) => {
    const plane = new Uint16Array(SIDE * SIDE);
    for (let y = 0, at = 0; y < SIDE; y++) {
      for (let x = 0; x < SIDE; x++, at++) {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        const smooth = (Math.sin(x / 97) + Math.cos(y / 71)) * 800 + 2500;
        plane[at] = smooth * (1 + band * 0.2) + ((state >>> 24) - 128) / 2;
      }
    }
    return plane;
  });
}

/** The least costs of both, who take turns so that a busy machine slows down both. */
async function race(job: Request["job"], path: string, ours: Side, gdal: Side | null) {
  const costs: Cost[] = [];
  const references: Cost[] = [];
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    costs.push(await ours.work({ job, path }));
    if (gdal !== null) references.push(await gdal.work({ job, path }));
  }
  return { cost: least(costs), reference: references.length > 0 ? least(references) : null };
}

function least(costs: readonly Cost[]): Cost {
  const minimum = (key: keyof Cost) => Math.min(...costs.map((cost) => cost[key]));
  return {
    seconds: minimum("seconds"),
    cpuSeconds: minimum("cpuSeconds"),
    peakMegabytes: minimum("peakMegabytes"),
    bytes: minimum("bytes"),
  };
}

async function compare(layout: string, path: string): Promise<void> {
  const ours = await archiveSide();
  const gdal = await gdalSide();
  try {
    for (const { id, name } of JOBS) {
      const { cost, reference } = await race(id, path, ours, gdal);
      const { seconds, cpuSeconds, bytes } = cost;
      const compared =
        reference === null
          ? { reference: "GDAL skipped: its Python binding is not installed" }
          : {
              reference: "GDAL",
              referenceSeconds: reference.seconds,
              referenceCpuSeconds: reference.cpuSeconds,
              ratio: cpuSeconds / reference.cpuSeconds,
              wallRatio: seconds / reference.seconds,
            };
      report({ name: `archive: ${layout}, ${name}`, seconds, cpuSeconds, ...compared });
      if (id !== "windows" || gdal === null) continue;
      const { bytes: touched } = await gdal.work({ job: "touched", path });
      report({
        name: `archive: ${layout}, bytes read by ${name}`,
        bytes,
        reference: "the tiles they touch",
        referenceBytes: touched,
        ratio: bytes / touched,
      });
    }
  } finally {
    ours.close();
    gdal?.close();
  }
}

/** Reads a file of more than a gigabyte in windows, in a fresh process. */
async function measureMemory(folder: string, original: string): Promise<void> {
  const mosaic = join(folder, "mosaic.vrt");
  const path = join(folder, "large.tif");
  const side = String(SIDE * COPIES);
  try {
    // Copies beside each other would need georeferencing; enlarging by nearest neighbour does as well.
    await execute("gdal_translate", ["-q", "-of", "VRT", "-outsize", side, side, original, mosaic]);
    await execute("gdal_translate", [
      "-q",
      "-co",
      "TILED=YES",
      "-co",
      "COMPRESS=ZSTD",
      "-co",
      "ZSTD_LEVEL=1",
      mosaic,
      path,
    ]);
  } catch {
    report({ name: "archive: memory", skipped: "gdal_translate is not installed" });
    return;
  }
  const ours = await archiveSide();
  const { peakMegabytes, seconds } = await ours.work({ job: "pass", path });
  ours.close();
  const megabytes = ((SIDE * COPIES) ** 2 * BANDS * 2) / 2 ** 20;
  report({
    name: `archive: peak memory of a pass over ${Math.round(megabytes)} MB in windows`,
    peakMegabytes,
    seconds,
    reference: "the limit",
    referenceMegabytes: MOST_MEGABYTES,
    ratio: peakMegabytes / MOST_MEGABYTES,
  });
}

const report = (figure: object) => console.log(JSON.stringify(figure));

export async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "fieldmark-bench-"));
  try {
    const original = join(folder, "original.tif");
    await writeGeoTiff(original, {
      width: SIDE,
      height: SIDE,
      bands: makePlanes(),
      dtype: "uint16",
      compression: "none",
      tileSize: 256,
    });
    for (const { name, options } of LAYOUTS) {
      const path = join(folder, "layout.tif");
      const creation = ["TILED=YES", ...options].flatMap((option) => ["-co", option]);
      try {
        await execute("gdal_translate", ["-q", ...creation, original, path]);
      } catch {
        if (name !== "none") {
          report({ name: `archive: ${name}`, skipped: "gdal_translate is not installed" });
          continue;
        }
        await execute("cp", [original, path]);
      }
      await compare(name, path);
      await rm(path);
    }
    await measureMemory(folder, original);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

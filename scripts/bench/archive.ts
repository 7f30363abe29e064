// Reading of 4000 × 4000 × 4 uint16 GeoTIFFs, next to GDAL's Python binding on the same files.
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { openRaster } from "../../src/archive/tiff/raster.ts";
import { writeGeoTiff } from "../../src/archive/tiff/write.ts";

const execute = promisify(execFile);

const SIDE = 4000;
const BANDS = 4;
const REPEATS = 3;
const WINDOW = 64;
const WINDOWS = 400;

const LAYOUTS = [
  { name: "none", options: [] },
  { name: "deflate", options: ["COMPRESS=DEFLATE"] },
  { name: "deflate + predictor 2", options: ["COMPRESS=DEFLATE", "PREDICTOR=2"] },
  { name: "lzw", options: ["COMPRESS=LZW"] },
  { name: "lzw + predictor 2", options: ["COMPRESS=LZW", "PREDICTOR=2"] },
  { name: "zstd", options: ["COMPRESS=ZSTD"] },
  { name: "packbits", options: ["COMPRESS=PACKBITS"] },
] as const;

/** Prints seconds of the full read and of single windows; the reference is the same work by GDAL, best of three. */
const REFERENCE = `
import sys, time, random
from osgeo import gdal
gdal.UseExceptions()
path, window, count, repeats = sys.argv[1], *map(int, sys.argv[2:])
def best(work):
    times = []
    for _ in range(repeats):
        start = time.perf_counter(); work(); times.append(time.perf_counter() - start)
    return min(times)
def whole(): gdal.Open(path).ReadAsArray()
def windows():
    ds = gdal.Open(path); state = 1
    for _ in range(count):
        state = (state * 16807) % 2147483647; x = state % (ds.RasterXSize - window)
        state = (state * 16807) % 2147483647; y = state % (ds.RasterYSize - window)
        ds.ReadAsArray(x, y, window, window)
print(best(whole), best(windows))
`;

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

async function best(work: () => Promise<void>): Promise<number> {
  let seconds = Number.POSITIVE_INFINITY;
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const start = performance.now();
    await work();
    seconds = Math.min(seconds, (performance.now() - start) / 1000);
  }
  return seconds;
}

async function readWhole(path: string): Promise<void> {
  const raster = await openRaster(path);
  await raster.read({ x: 0, y: 0, width: SIDE, height: SIDE });
  await raster.close();
}

async function readWindows(path: string): Promise<void> {
  const raster = await openRaster(path);
  let state = 1;
  const next = () => {
    state = (state * 16807) % 2147483647;
    return state % (SIDE - WINDOW);
  };
  for (let count = 0; count < WINDOWS; count++) {
    await raster.read({ x: next(), y: next(), width: WINDOW, height: WINDOW });
  }
  await raster.close();
}

/** The first Python that has GDAL's binding. */
async function reference(path: string): Promise<[whole: number, windows: number] | null> {
  for (const python of ["python3", "/usr/bin/python3"]) {
    try {
      const settings = [WINDOW, WINDOWS, REPEATS].map(String);
      const { stdout } = await execute(python, ["-c", REFERENCE, path, ...settings]);
      const [whole, windows] = stdout.trim().split(" ").map(Number);
      return [whole!, windows!];
    } catch {
      // Without Python, or without the binding: the next one.
    }
  }
  return null;
}

function report(name: string, seconds: number, referenceSeconds: number | undefined): void {
  const compared =
    referenceSeconds === undefined
      ? {
          reference: "GDAL skipped: its Python binding is not installed",
          referenceSeconds: null,
          ratio: null,
        }
      : { reference: "GDAL", referenceSeconds, ratio: seconds / referenceSeconds };
  console.log(JSON.stringify({ name, seconds, ...compared }));
}

export async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "fieldmark-bench-"));
  try {
    const original = join(folder, "original.tif");
    const bands = makePlanes();
    await writeGeoTiff(original, {
      width: SIDE,
      height: SIDE,
      bands,
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
        if (name === "none") await execute("cp", [original, path]);
        else {
          console.log(
            JSON.stringify({ name: `archive: ${name}`, skipped: "gdal_translate is not installed" }),
          );
          continue;
        }
      }
      const gdal = await reference(path);
      report(`archive: ${name}, whole`, await best(() => readWhole(path)), gdal?.[0]);
      report(
        `archive: ${name}, ${WINDOWS} windows of ${WINDOW}`,
        await best(() => readWindows(path)),
        gdal?.[1],
      );
      await rm(path);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

// Reading of 4000 × 4000 × 4 uint16 GeoTIFFs with 256-pixel tiles, next to GDAL's Python binding on the same files.
// Both block caches are off. Processor time counts all threads, and tells more than seconds on a busy machine.
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
const WINDOW = 128;
const WINDOWS = 400;
const PICTURE = 512;

const LAYOUTS = [
  { name: "none", options: [] },
  { name: "deflate", options: ["COMPRESS=DEFLATE"] },
  { name: "deflate + predictor 2", options: ["COMPRESS=DEFLATE", "PREDICTOR=2"] },
  { name: "lzw", options: ["COMPRESS=LZW"] },
  { name: "lzw + predictor 2", options: ["COMPRESS=LZW", "PREDICTOR=2"] },
  { name: "zstd", options: ["COMPRESS=ZSTD"] },
  { name: "packbits", options: ["COMPRESS=PACKBITS"] },
] as const;

/** Prints a JSON object: for each job the least seconds and processor seconds of several runs. */
const REFERENCE = `
import json, os, sys, time
from osgeo import gdal
gdal.UseExceptions()
gdal.SetCacheMax(0)
path, window, count, picture, repeats = sys.argv[1], *map(int, sys.argv[2:])
def best(work):
    walls, cpus = [], []
    for _ in range(repeats):
        before, start = os.times(), time.perf_counter()
        work()
        walls.append(time.perf_counter() - start)
        after = os.times()
        cpus.append(after.user + after.system - before.user - before.system)
    return {"seconds": min(walls), "cpuSeconds": min(cpus)}
def whole(): gdal.Open(path).ReadAsArray()
def windows():
    ds = gdal.Open(path); state = 1
    for _ in range(count):
        state = (state * 16807) % 2147483647; x = state % (ds.RasterXSize - window)
        state = (state * 16807) % 2147483647; y = state % (ds.RasterYSize - window)
        ds.ReadAsArray(x, y, window, window)
def reduced():
    ds = gdal.Open(path)
    ds.ReadAsArray(buf_xsize=picture, buf_ysize=picture, resample_alg=gdal.GRIORA_Average)
print(json.dumps({"whole": best(whole), "windows": best(windows), "reduced": best(reduced)}))
`;

interface Cost {
  readonly seconds: number;
  /** Of all threads. */
  readonly cpuSeconds: number;
}

type Job = "whole" | "windows" | "reduced";

const JOBS: readonly { readonly id: Job; readonly name: string; run(path: string): Promise<void> }[] = [
  { id: "whole", name: "whole", run: readWhole },
  { id: "windows", name: `${WINDOWS} windows of ${WINDOW}`, run: readWindows },
  { id: "reduced", name: `means, ${PICTURE} × ${PICTURE}`, run: readReduced },
];

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

async function best(work: () => Promise<void>): Promise<Cost> {
  const cost = { seconds: Number.POSITIVE_INFINITY, cpuSeconds: Number.POSITIVE_INFINITY };
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const before = process.cpuUsage();
    const start = performance.now();
    await work();
    cost.seconds = Math.min(cost.seconds, (performance.now() - start) / 1000);
    const { user, system } = process.cpuUsage(before);
    cost.cpuSeconds = Math.min(cost.cpuSeconds, (user + system) / 1e6);
  }
  return cost;
}

async function readWhole(path: string): Promise<void> {
  const raster = await openRaster(path, { cache: 0 });
  await raster.read({ x: 0, y: 0, width: SIDE, height: SIDE });
  await raster.close();
}

async function readWindows(path: string): Promise<void> {
  const raster = await openRaster(path, { cache: 0 });
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

async function readReduced(path: string): Promise<void> {
  const raster = await openRaster(path, { cache: 0 });
  await raster.readDecimated({ x: 0, y: 0, width: SIDE, height: SIDE }, PICTURE, PICTURE);
  await raster.close();
}

/** The first Python that has GDAL's binding. */
async function reference(path: string): Promise<Record<Job, Cost> | null> {
  for (const python of ["python3", "/usr/bin/python3"]) {
    try {
      const settings = [WINDOW, WINDOWS, PICTURE, REPEATS].map(String);
      const { stdout } = await execute(python, ["-c", REFERENCE, path, ...settings]);
      return JSON.parse(stdout) as Record<Job, Cost>;
    } catch {
      // Without Python, or without the binding: the next one.
    }
  }
  return null;
}

function report(name: string, cost: Cost, gdal: Cost | undefined): void {
  const compared =
    gdal === undefined
      ? { reference: "GDAL skipped: its Python binding is not installed" }
      : {
          reference: "GDAL",
          referenceSeconds: gdal.seconds,
          referenceCpuSeconds: gdal.cpuSeconds,
          ratio: cost.seconds / gdal.seconds,
          cpuRatio: cost.cpuSeconds / gdal.cpuSeconds,
        };
  console.log(JSON.stringify({ name, ...cost, ...compared }));
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
      for (const job of JOBS) {
        report(`archive: ${name}, ${job.name}`, await best(() => job.run(path)), gdal?.[job.id]);
      }
      await rm(path);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

// Scanning and indexing of 20,000 small files (64 × 64 × 13 uint16) into a project's database, next to Python GDAL
// that opens each file and reads the statistics of all of its bands, in one process and without writing .aux.xml
// files. A second scan of the folder must open none of the files: their times of access tell.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, open, rm, stat, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { updateIndex } from "../../src/archive/index/update-index.ts";
import { writeGeoTiff } from "../../src/archive/tiff/write.ts";
import { DEFAULT_GRID } from "../../src/shared/domain/imagery.ts";
import type { ScanReport } from "../../src/shared/domain/sources.ts";
import { createProject, type ProjectStore } from "../../src/store/project-store.ts";

const execute = promisify(execFile);

const FILES = 20_000;
const FOLDERS = 20;
const SIDE = 64;
const BANDS = 13;
const MADE = new Date("2020-01-01T00:00:00Z");
/** A time of access that any reading replaces. */
const LONG_AGO = new Date("2001-01-01T00:00:00Z");

/** Prints a JSON object with the seconds and processor seconds of one run over all files. */
const REFERENCE = `
import json, os, sys, time
os.environ["GDAL_PAM_ENABLED"] = "NO"
from osgeo import gdal
gdal.UseExceptions()
paths = sorted(os.path.join(folder, name) for folder, _, names in os.walk(sys.argv[1]) for name in names)
before, start = os.times(), time.perf_counter()
for path in paths:
    ds = gdal.Open(path)
    for band in range(1, ds.RasterCount + 1):
        ds.GetRasterBand(band).GetStatistics(1, 1)
wall, after = time.perf_counter() - start, os.times()
print(json.dumps({"seconds": wall, "cpuSeconds": after.user + after.system - before.user - before.system}))
`;

interface Cost {
  readonly seconds: number;
  /** Of all threads. */
  readonly cpuSeconds: number;
}

/** One file's bytes, again and again with a few samples changed: quick to make, and no two files alike. */
async function makeArchive(folder: string): Promise<string[]> {
  const first = join(folder, "first.tif");
  let state = 1;
  const planes = Array.from({ length: BANDS }, () =>
    Uint16Array.from({ length: SIDE * SIDE }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state >>> 20;
    }),
  );
  const geotransform = [600_000, 10, 0, 5_300_000, 0, -10] as const;
  await writeGeoTiff(first, {
    width: SIDE,
    height: SIDE,
    bands: planes,
    dtype: "uint16",
    geotransform,
    epsg: 32632,
    compression: "none",
  });
  const source = await open(first);
  const content = await source.readFile();
  await source.close();
  await rm(first);
  const paths: string[] = [];
  for (let index = 0; index < FILES; index++) {
    const place = join(folder, `part${index % FOLDERS}`);
    if (index < FOLDERS) await mkdir(place);
    content.writeUInt32LE(index, Math.floor(content.length / 2));
    const path = join(place, `${index}.tif`);
    const file = await open(path, "w");
    await file.writeFile(content);
    await file.close();
    await utimes(path, MADE, MADE);
    paths.push(path);
  }
  return paths;
}

async function measured<T>(work: () => Promise<T>): Promise<{ cost: Cost; result: T }> {
  const before = process.cpuUsage();
  const start = performance.now();
  const result = await work();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  return { cost: { seconds, cpuSeconds: (user + system) / 1e6 }, result };
}

async function reference(folder: string): Promise<Cost | null> {
  for (const python of ["python3", "/usr/bin/python3"]) {
    try {
      const { stdout } = await execute(python, ["-c", REFERENCE, folder]);
      return JSON.parse(stdout) as Cost;
    } catch {
      // Without Python, or without the binding: the next one.
    }
  }
  return null;
}

const NO_FILES = { count: 0, paths: [] };

/** Acts on nothing: scenes and patches are other steps. */
function emptyReport(files: number): ScanReport {
  return {
    finishedAt: new Date().toISOString(),
    seconds: 0,
    changes: {
      files,
      unchanged: files,
      new: NO_FILES,
      changed: NO_FILES,
      touched: NO_FILES,
      missing: NO_FILES,
    },
    headersRead: 0,
    unreadable: 0,
    scenes: { total: 0, added: 0, changed: 0, missing: 0 },
    patches: { added: 0, leftOut: 0, changed: 0, missing: 0 },
  };
}

async function index(store: ProjectStore, sourceId: number, folder: string) {
  const scan = store.beginScan(sourceId);
  const update = await updateIndex(folder, {
    entries: () => store.files(sourceId),
    save: (files) => store.saveFiles(sourceId, files),
  });
  store.finishScan(sourceId, scan, update.missing, emptyReport(update.files.length));
  return update;
}

async function wasRead(paths: readonly string[]): Promise<number> {
  let count = 0;
  for (const path of paths) if ((await stat(path)).atimeMs !== LONG_AGO.getTime()) count++;
  return count;
}

function report(figure: string, cost: Cost, more: Readonly<Record<string, unknown>>): void {
  console.log(
    JSON.stringify({ bench: "scan", figure, ...cost, filesPerSecond: FILES / cost.seconds, ...more }),
  );
}

export async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "fieldmark-bench-scan-"));
  try {
    const archive = join(folder, "archive");
    await mkdir(archive);
    const paths = await makeArchive(archive);
    const grid = DEFAULT_GRID;
    const store = createProject(join(folder, "p.fieldmark"), { name: "Bench", kind: "multi-label", grid });
    try {
      const sourceId = store.addSource(archive);
      const gdal = await reference(archive);
      const first = await measured(() => index(store, sourceId, archive));
      const megabytes = process.memoryUsage().rss / 2 ** 20;
      report(`index ${FILES} files of ${SIDE} × ${SIDE} × ${BANDS}`, first.cost, {
        headersRead: first.result.headersRead,
        megabytes,
        ...(gdal === null
          ? { reference: "GDAL skipped: its Python binding is not installed" }
          : {
              reference: "GDAL: open and statistics of all bands",
              referenceSeconds: gdal.seconds,
              referenceCpuSeconds: gdal.cpuSeconds,
              referenceFilesPerSecond: FILES / gdal.seconds,
              filesPerSecondRatio: gdal.seconds / first.cost.seconds,
              ratio: first.cost.seconds / gdal.seconds,
              cpuRatio: first.cost.cpuSeconds / gdal.cpuSeconds,
            }),
      });
      for (const path of paths) await utimes(path, LONG_AGO, MADE);
      const second = await measured(() => index(store, sourceId, archive));
      report(`second scan of ${FILES} unchanged files`, second.cost, {
        headersRead: second.result.headersRead,
        filesRead: await wasRead(paths),
        unchanged: second.result.unchanged,
        reference: "the first scan",
        referenceSeconds: first.cost.seconds,
        ratio: second.cost.seconds / first.cost.seconds,
      });
    } finally {
      store.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

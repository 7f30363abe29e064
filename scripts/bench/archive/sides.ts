import { execFile, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Cost, PICTURE, type Request, WINDOW, WINDOWS } from "./jobs.ts";

const execute = promisify(execFile);

/** The same protocol and jobs as in side.ts. "touched" counts the bytes of the blocks that the windows lie on. */
const REFERENCE = `
import json, resource, sys, time
from osgeo import gdal
gdal.UseExceptions()
gdal.SetCacheMax(0)
window, count, picture = map(int, sys.argv[1:])
def corners(ds):
    state = 1
    for _ in range(count):
        state = (state * 16807) % 2147483647; x = state % (ds.RasterXSize - window)
        state = (state * 16807) % 2147483647; y = state % (ds.RasterYSize - window)
        yield x, y
planes = None
def whole(ds): ds.ReadAsArray()
def again(ds):
    global planes
    planes = ds.ReadAsArray(buf_obj=planes)
def windows(ds):
    for x, y in corners(ds): ds.ReadAsArray(x, y, window, window)
def reduced(ds): ds.ReadAsArray(buf_xsize=picture, buf_ysize=picture, resample_alg=gdal.GRIORA_Average)
def touched(ds):
    band = ds.GetRasterBand(1); width, height = band.GetBlockSize(); total = 0
    for x, y in corners(ds):
        for row in range(y // height, (y + window - 1) // height + 1):
            for column in range(x // width, (x + window - 1) // width + 1):
                total += int(band.GetMetadataItem(f"BLOCK_SIZE_{column}_{row}", "TIFF") or 0)
    return total
jobs = {"whole": whole, "again": again, "windows": windows, "reduced": reduced, "touched": touched}
print("ready", flush=True)
for line in sys.stdin:
    request = json.loads(line)
    before, start = time.process_time(), time.perf_counter()
    result = jobs[request["job"]](gdal.Open(request["path"]))
    cost = {"seconds": time.perf_counter() - start, "cpuSeconds": time.process_time() - before}
    cost["peakMegabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    cost["bytes"] = result or 0
    print(json.dumps(cost), flush=True)
`;

/** One of the readers that are compared, in a process of its own. */
export interface Side {
  work(request: Request | { readonly job: "touched"; readonly path: string }): Promise<Cost>;
  close(): void;
}

/**
 * Starts a process confined to one processor core, where the system has taskset: decoding, thread pools and garbage
 * collection then share it, and seconds are those of a single thread.
 */
async function start(command: string, parameters: readonly string[]) {
  const options = { stdio: ["pipe", "pipe", "inherit"] as ["pipe", "pipe", "inherit"] };
  const confined = await succeeds("taskset", ["-c", "0", "true"]);
  const child = confined
    ? spawn("taskset", ["-c", "0", command, ...parameters], options)
    : spawn(command, parameters, options);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${command} ended before it answered.`);
    return value;
  };
  return { child, answer };
}

async function succeeds(command: string, parameters: readonly string[]): Promise<boolean> {
  try {
    await execute(command, parameters);
    return true;
  } catch {
    return false;
  }
}

export async function archiveSide(): Promise<Side> {
  const { child, answer } = await start(process.execPath, [
    fileURLToPath(new URL("side.ts", import.meta.url)),
  ]);
  return sideOf(child, answer);
}

/** GDAL through the first Python that has its binding; null without one. */
export async function gdalSide(): Promise<Side | null> {
  for (const python of ["python3", "/usr/bin/python3"]) {
    if (!(await succeeds(python, ["-c", "from osgeo import gdal_array"]))) continue;
    const settings = [WINDOW, WINDOWS, PICTURE].map(String);
    const { child, answer } = await start(python, ["-c", REFERENCE, ...settings]);
    await answer();
    return sideOf(child, answer);
  }
  return null;
}

function sideOf(child: { stdin: NodeJS.WritableStream }, answer: () => Promise<string>): Side {
  return {
    async work(request) {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      return JSON.parse(await answer()) as Cost;
    },
    close: () => child.stdin.end(),
  };
}

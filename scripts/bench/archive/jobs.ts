import { openRaster } from "../../../src/archive/tiff/raster.ts";
import type { SampleArray } from "../../../src/shared/raster.ts";

/** What a side is asked to do, one line of JSON each. */
export interface Request {
  readonly job: "whole" | "again" | "windows" | "reduced" | "pass";
  readonly path: string;
}

/** What it took. */
export interface Cost {
  readonly seconds: number;
  /** Of all threads of the process. */
  readonly cpuSeconds: number;
  /** Most memory that the process ever had. */
  readonly peakMegabytes: number;
  /** Read from the file after it was opened. */
  readonly bytes: number;
}

export const WINDOW = 128;
export const WINDOWS = 400;
export const PICTURE = 512;
const PASS_WINDOW = 1024;

/** The upper left corners of the random windows, in turn; the reference has the same. */
export function* corners(width: number, height: number): Generator<{ x: number; y: number }> {
  let state = 1;
  const next = (limit: number) => {
    state = (state * 16807) % 2147483647;
    return state % limit;
  };
  for (let count = 0; count < WINDOWS; count++) yield { x: next(width - WINDOW), y: next(height - WINDOW) };
}

/** What "again" reads into. */
let planes: SampleArray[] | undefined;

/** Does a job with the archive's reader. Nothing is kept between reads, except in the pass over a whole file. */
export async function work({ job, path }: Request): Promise<Cost> {
  const before = process.cpuUsage();
  const start = performance.now();
  const raster = job === "pass" ? await openRaster(path) : await openRaster(path, { cache: 0 });
  const { width, height } = raster.info;
  const opening = raster.bytesRead;
  switch (job) {
    case "whole":
      await raster.read({ x: 0, y: 0, width, height });
      break;
    case "again":
      planes = await raster.read({ x: 0, y: 0, width, height }, undefined, planes);
      break;
    case "windows":
      for (const { x, y } of corners(width, height))
        await raster.read({ x, y, width: WINDOW, height: WINDOW });
      break;
    case "reduced":
      await raster.readDecimated({ x: 0, y: 0, width, height }, PICTURE, PICTURE);
      break;
    case "pass":
      for (let y = 0; y < height; y += PASS_WINDOW) {
        for (let x = 0; x < width; x += PASS_WINDOW) {
          const size = { width: Math.min(PASS_WINDOW, width - x), height: Math.min(PASS_WINDOW, height - y) };
          await raster.read({ x, y, ...size });
        }
      }
      break;
  }
  const bytes = raster.bytesRead - opening;
  await raster.close();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  const peakMegabytes = process.resourceUsage().maxRSS / 1024;
  return { seconds, cpuSeconds: (user + system) / 1e6, peakMegabytes, bytes };
}

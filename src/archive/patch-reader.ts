import { join } from "node:path";
import type { Scene, SceneBand } from "../shared/domain/imagery.ts";
import { FieldmarkError } from "../shared/errors.ts";
import type { PixelWindow, SampleArray } from "../shared/raster.ts";
import { RasterCache } from "./raster-cache.ts";
import { resample } from "./resample.ts";
import type { Rectangle } from "./tiff/raster.ts";
import { needsAllBands, validPixels } from "./validity.ts";

/** A patch's pixels. */
export interface PatchPixels {
  /** One plane a requested band, row-major, `width × height`, in raw sample values (no scale or offset). */
  readonly planes: Float32Array[];
  readonly width: number;
  readonly height: number;
  /**
   * 1 = data, 0 = nodata or NaN (see `validPixels`), `width × height`; null when every pixel is valid. Where
   * nodata must stand in every band, the scene's other bands are looked at too.
   */
  readonly valid: Uint8Array | null;
}

export interface ReadOptions {
  /** Band names in the wanted order; all bands of the scene by default. */
  readonly bands?: readonly string[];
  /**
   * Size of the planes; the window's own by default. Shrinking averages by area (palettes and one-bit images give
   * the pixel in the middle from half the size down), enlarging is bilinear. From half the size down overviews are
   * used where files have them, and windows of any size can be read.
   */
  readonly width?: number;
  readonly height?: number;
}

export interface PatchReader {
  /**
   * Reads a window given in the scene's finest grid. Bands of another resolution are brought onto it by
   * bilinear interpolation (coarser ones) or area means (finer ones).
   *
   * @throws FieldmarkError `not-found`, `unreadable-file`, `corrupt-raster` …, naming the file; `invalid-input`
   * for a band that the scene doesn't have or a window outside of it, `raster-too-large` beyond 2²⁸ samples
   */
  read(scene: Scene, window: PixelWindow, options?: ReadOptions): Promise<PatchPixels>;
  close(): Promise<void>;
}

/** Samples that one read may hold in memory (1 GB as 32-bit floats). */
const MOST_SAMPLES = 2 ** 28;

/** Enough for a row of 512-pixel tiles of the twelve files of a large scene. */
const DEFAULT_CACHE_BYTES = 256 * 2 ** 20;

/** From this reduction on, in both directions, a part is read in pieces and from overviews where there are some. */
const DECIMATED_FROM = 2;

export interface ReaderOptions {
  /** Files that stay open, 64 by default. */
  readonly maxOpenFiles?: number;
  /** Memory for decoded blocks of all open files together, 256 MB by default. */
  readonly cacheBytes?: number;
}

/** @param root the source's folder, which the scenes' files are relative to */
export function createPatchReader(root: string, options: ReaderOptions = {}): PatchReader {
  const rasters = new RasterCache({
    files: options.maxOpenFiles ?? 64,
    bytes: options.cacheBytes ?? DEFAULT_CACHE_BYTES,
  });

  /** The planes of bands that lie in one file on one grid, each brought to `width × height`. */
  async function readBands(
    scene: Scene,
    bands: readonly SceneBand[],
    window: PixelWindow,
    width: number,
    height: number,
  ): Promise<Float32Array[]> {
    const [{ file, width: bandWidth, height: bandHeight }] = bands as readonly [SceneBand];
    return rasters.use(join(root, file), async (raster) => {
      if (raster.info.width !== bandWidth || raster.info.height !== bandHeight) {
        throw new FieldmarkError(
          "unreadable-file",
          `${file} is ${raster.info.width} × ${raster.info.height} pixels, but was ${bandWidth} × ${bandHeight} when it was added. Scan the source again.`,
          { details: { path: file } },
        );
      }
      const fileBands = bands.map((band) => band.fileBand);
      const part = coveringPart(scene, window, bandWidth, bandHeight, width, height);
      if (isDecimated(part.exact, width, height)) {
        const options = { bands: fileBands, nodata: scene.nodata };
        return (await raster.readDecimated(part.exact, width, height, options)).planes;
      }
      const planes = await raster.read(part.window, fileBands);
      return planes.map((samples) => {
        const plane = toFloat32(samples);
        if (part.isPlain) return plane;
        const { x, y } = part.window;
        const rectangle = { ...part.exact, x: part.exact.x - x, y: part.exact.y - y };
        return resample(plane, part.window.width, rectangle, width, height, scene.nodata);
      });
    });
  }

  async function readPlanes(
    scene: Scene,
    bands: readonly SceneBand[],
    window: PixelWindow,
    width: number,
    height: number,
  ): Promise<Float32Array[]> {
    const planes = new Array<Float32Array>(bands.length);
    const byFile = Map.groupBy(bands.keys(), (position) => gridKey(bands[position] as SceneBand));
    await Promise.all(
      Array.from(byFile.values(), async (positions) => {
        const wanted = positions.map((position) => bands[position] as SceneBand);
        const read = await readBands(scene, wanted, window, width, height);
        for (const [index, position] of positions.entries()) planes[position] = read[index] as Float32Array;
      }),
    );
    return planes;
  }

  return {
    async read(scene, window, { bands: names, width = window.width, height = window.height } = {}) {
      checkWindow(scene, window);
      const bands = names ? names.map((name) => bandNamed(scene, name)) : scene.bands;
      // Of a window that is read decimated, no more than the result is ever in memory.
      checkSize(scene, isDecimated(window, width, height) ? { width, height } : window, bands.length);
      const planes = await readPlanes(scene, bands, window, width, height);
      let valid = validPixels(planes, scene);
      const others = scene.bands.filter((band) => !bands.includes(band));
      if (valid && others.length > 0 && needsAllBands(scene)) {
        valid = validPixels([...planes, ...(await readPlanes(scene, others, window, width, height))], scene);
      }
      return { planes, width, height, valid };
    },
    close: () => rasters.close(),
  };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Bands of one file are read together. */
function gridKey(band: SceneBand): string {
  return `${band.file}:${band.width}×${band.height}`;
}

function bandNamed(scene: Scene, name: string): SceneBand {
  const band = scene.bands.find((candidate) => candidate.name === name);
  if (band) return band;
  throw new FieldmarkError(
    "invalid-input",
    `The scene ${scene.name} has no band "${name}". It has ${scene.bands.map((other) => other.name).join(", ")}.`,
    { details: { scene: scene.name, band: name } },
  );
}

function checkWindow(scene: Scene, { x, y, width, height }: PixelWindow): void {
  const inside =
    x >= 0 && y >= 0 && width >= 1 && height >= 1 && x + width <= scene.width && y + height <= scene.height;
  if (inside) return;
  throw new FieldmarkError(
    "invalid-input",
    `The window ${x}, ${y} of ${width} × ${height} pixels lies outside the scene ${scene.name} (${scene.width} × ${scene.height}). Scan the source again.`,
    { details: { scene: scene.name } },
  );
}

function isDecimated(part: Size, width: number, height: number): boolean {
  return part.width >= DECIMATED_FROM * width && part.height >= DECIMATED_FROM * height;
}

function checkSize(scene: Scene, { width, height }: Size, bands: number): void {
  if (width * height * bands <= MOST_SAMPLES) return;
  throw new FieldmarkError(
    "raster-too-large",
    `${width} × ${height} pixels of ${bands} bands of ${scene.name} are too many for one patch. Cut the scenes into smaller patches.`,
    { details: { scene: scene.name } },
  );
}

/**
 * The part of a band that makes up a window of the scene.
 * @returns the exact rectangle in the band's pixels, the window of whole pixels that covers it, and whether the
 *   output is just those pixels
 */
function coveringPart(
  scene: Scene,
  window: PixelWindow,
  bandWidth: number,
  bandHeight: number,
  width: number,
  height: number,
): { readonly exact: Rectangle; readonly window: PixelWindow; readonly isPlain: boolean } {
  const scaleX = bandWidth / scene.width;
  const scaleY = bandHeight / scene.height;
  const exact = {
    x: window.x * scaleX,
    y: window.y * scaleY,
    width: window.width * scaleX,
    height: window.height * scaleY,
  };
  if (scaleX === 1 && scaleY === 1 && width === window.width && height === window.height) {
    return { exact, window, isPlain: true };
  }
  // Interpolation at the rim looks one pixel beyond it.
  const margin = scaleX < 1 || scaleY < 1 ? 1 : 0;
  const x = Math.max(0, Math.floor(exact.x) - margin);
  const y = Math.max(0, Math.floor(exact.y) - margin);
  const right = Math.min(bandWidth, Math.ceil(exact.x + exact.width) + margin);
  const bottom = Math.min(bandHeight, Math.ceil(exact.y + exact.height) + margin);
  return { exact, window: { x, y, width: right - x, height: bottom - y }, isPlain: false };
}

function toFloat32(samples: SampleArray): Float32Array {
  if (samples instanceof Float32Array) return samples;
  if (samples instanceof BigUint64Array || samples instanceof BigInt64Array) {
    return Float32Array.from(samples, Number);
  }
  return new Float32Array(samples);
}

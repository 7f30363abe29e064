import { join } from "node:path";
import type { Scene, SceneBand } from "../shared/domain/imagery.ts";
import { FieldmarkError } from "../shared/errors.ts";
import type { PixelWindow, SampleArray } from "../shared/raster.ts";
import { clipped, coveringPart } from "./band-part.ts";
import { bandValues, hasCodedBands } from "./band-values.ts";
import { nearestSamples } from "./nearest-samples.ts";
import { RasterCache } from "./raster-cache.ts";
import { resample } from "./resample.ts";
import { bothValid, needsAllBands, opaquePixels, validPixels } from "./validity.ts";

/** A patch's pixels. */
export interface PatchPixels {
  /**
   * One plane a requested band, row-major, `width × height`: sample values, of palettes the colours (0–255), of files
   * with a scale or an offset physical values. In the latter three, and where "min is white", missing values are NaN.
   */
  readonly planes: Float32Array[];
  readonly width: number;
  readonly height: number;
  /**
   * 1 = data, 0 = nodata or NaN (see `validPixels`) or transparent by an alpha band or a mask, `width × height`; null
   * when every pixel is valid. Where nodata must stand in every band, the scene's other bands are looked at too.
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
  /**
   * Samples of the scene's quality layer over a window at the layer's own resolution, at most 512 × 512 of them: flags
   * and classes are never averaged. Null where the scene has no layer.
   *
   * @throws FieldmarkError as `read`, naming the layer's file
   */
  readQuality(scene: Scene, window: PixelWindow): Promise<Float32Array | null>;
  close(): Promise<void>;
}

/** Samples that one read may hold in memory (1 GB as 32-bit floats). */
const MOST_SAMPLES = 2 ** 28;

/** Side of what is looked at of a quality layer: enough to tell shares of a whole scene. */
const MOST_QUALITY_SAMPLES = 512;

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
    const [first] = bands as readonly [SceneBand];
    const isCoded = hasCodedBands(scene);
    return rasters.use(join(root, first.file), async (raster) => {
      checkFile(first, raster.info);
      // The bands of a palette are made of the same samples.
      const fileBands = [...new Set(bands.map((band) => band.fileBand))];
      const part = coveringPart(scene, window, first, width, height);
      const isReduced = isDecimated(part.exact, width, height);
      const stored = isReduced
        ? (
            await raster.readDecimated(clipped(part.exact, first), width, height, {
              bands: fileBands,
              nodata: scene.nodata,
            })
          ).planes
        : await raster.read(part.window, fileBands);
      return bands.map((band) => {
        const samples = stored[fileBands.indexOf(band.fileBand)] ?? new Float32Array(0);
        const floats = toFloat32(samples);
        const plain = fileBands.length < bands.length ? floats.slice() : floats;
        const plane = isCoded ? bandValues(plain, band, raster, scene.nodata) : plain;
        if (isReduced || part.isPlain) return plane;
        const { x, y } = part.window;
        const rectangle = { ...part.exact, x: part.exact.x - x, y: part.exact.y - y };
        return resample(plane, part.window.width, rectangle, width, height, isCoded ? null : scene.nodata);
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

  /** Validity by the scene's alpha band or mask; null when every pixel is valid. */
  async function readAlpha(
    scene: Scene,
    window: PixelWindow,
    width: number,
    height: number,
  ): Promise<Uint8Array | null> {
    const { alpha } = scene;
    if (!alpha) return null;
    const band = scene.bands.find(({ file }) => file === alpha.file) ?? (scene.bands[0] as SceneBand);
    return rasters.use(join(root, alpha.file), async (raster) => {
      checkFile({ ...band, file: alpha.file }, raster.info);
      const { exact } = coveringPart(scene, window, band, width, height);
      const samples = await nearestSamples(raster, alpha.fileBand, clipped(exact, band), width, height);
      return samples && opaquePixels(samples);
    });
  }

  return {
    async read(scene, window, { bands: names, width = window.width, height = window.height } = {}) {
      checkWindow(scene, window);
      const bands = names ? names.map((name) => bandNamed(scene, name)) : scene.bands;
      // Of a window that is read decimated, no more than the result is ever in memory.
      checkSize(scene, isDecimated(window, width, height) ? { width, height } : window, bands.length);
      const planes = await readPlanes(scene, bands, window, width, height);
      const isCoded = hasCodedBands(scene);
      let valid = validPixels(planes, scene, isCoded);
      const others = scene.bands.filter((band) => !bands.includes(band));
      if (valid && others.length > 0 && needsAllBands(scene)) {
        const all = [...planes, ...(await readPlanes(scene, others, window, width, height))];
        valid = validPixels(all, scene, isCoded);
      }
      valid = bothValid(valid, await readAlpha(scene, window, width, height));
      return { planes, width, height, valid };
    },
    async readQuality(scene, window) {
      checkWindow(scene, window);
      const { quality } = scene;
      if (!quality) return null;
      return rasters.use(join(root, quality.file), async (raster) => {
        checkFile(quality, raster.info);
        const { exact } = coveringPart(scene, window, quality, window.width, window.height);
        const part = clipped(exact, quality);
        const width = Math.max(1, Math.min(MOST_QUALITY_SAMPLES, Math.round(part.width)));
        const height = Math.max(1, Math.min(MOST_QUALITY_SAMPLES, Math.round(part.height)));
        return nearestSamples(raster, quality.fileBand, part, width, height);
      });
    },
    close: () => rasters.close(),
  };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** @throws FieldmarkError `unreadable-file` for a file of another size than the scene knows it by */
function checkFile(known: Size & { readonly file: string }, found: Size): void {
  if (found.width === known.width && found.height === known.height) return;
  throw new FieldmarkError(
    "unreadable-file",
    `${known.file} is ${found.width} × ${found.height} pixels, but was ${known.width} × ${known.height} when it was added. Scan the source again.`,
    { details: { path: known.file } },
  );
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

function toFloat32(samples: SampleArray): Float32Array {
  if (samples instanceof Float32Array) return samples;
  if (samples instanceof BigUint64Array || samples instanceof BigInt64Array) {
    return Float32Array.from(samples, Number);
  }
  return new Float32Array(samples);
}

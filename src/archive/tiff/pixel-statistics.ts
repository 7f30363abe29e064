import { createHash } from "node:crypto";
import { FieldmarkError } from "../../shared/errors.ts";
import type { SampleArray } from "../../shared/raster.ts";
import type { Raster } from "./raster.ts";

/** What one band's full-resolution pixels are. */
export interface PixelStatistics {
  /** Of the samples row by row, little-endian, in the raster's dtype. */
  readonly sha256: string;
  /** Over all samples that are not NaN, nodata included; null where there is none, or where it is infinite. */
  readonly min: number | null;
  readonly max: number | null;
  readonly mean: number | null;
}

/** Bands beyond these are not decoded. */
const MAX_BANDS = 16;

/** So many bytes of pixels are held at a time. */
const CHUNK_BYTES = 16 << 20;

/** Rasters that decode to more than this, and to much more than their file's size, are refused. */
const PLAUSIBLE_BYTES = 2 * 2 ** 30;

/** Hash and statistics of the first 16 bands, streamed in rows of blocks: memory does not grow with the raster. */
export async function pixelStatistics(raster: Raster): Promise<PixelStatistics[]> {
  const { width, height, blockHeight, path } = raster.info;
  const bands = Array.from({ length: Math.min(raster.info.bands, MAX_BANDS) }, (_, band) => band);
  const sums = bands.map(() => new BandSum());
  const [probe] = await raster.read({ x: 0, y: 0, width: 1, height: 1 }, [0]);
  const rowBytes = width * bands.length * (probe?.BYTES_PER_ELEMENT ?? 1);
  if (rowBytes * height > PLAUSIBLE_BYTES && rowBytes * height > raster.fileSize * 1000) {
    throw new FieldmarkError(
      "raster-too-large",
      `${path} declares ${width} × ${height} pixels in a file of ${raster.fileSize} bytes. Its pixels were not decoded; check where the file comes from.`,
      { details: { path } },
    );
  }
  const rows = Math.max(1, Math.min(blockHeight, Math.floor(CHUNK_BYTES / rowBytes)));
  const rowsAtOnce =
    rows === blockHeight ? blockHeight * Math.max(1, Math.floor(CHUNK_BYTES / rowBytes / blockHeight)) : rows;
  for (let y = 0; y < height; y += rowsAtOnce) {
    const window = { x: 0, y, width, height: Math.min(rowsAtOnce, height - y) };
    const planes = await raster.read(window, bands);
    for (const [index, plane] of planes.entries()) sums[index]!.add(plane);
  }
  return sums.map((sum) => sum.result());
}

class BandSum {
  readonly #hash = createHash("sha256");
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;
  #sum = 0;
  #count = 0;

  add(plane: SampleArray): void {
    this.#hash.update(new Uint8Array(plane.buffer, plane.byteOffset, plane.byteLength));
    if (plane instanceof BigUint64Array || plane instanceof BigInt64Array) {
      for (const value of plane) this.#one(Number(value));
      return;
    }
    let [min, max, sum, count] = [this.#min, this.#max, 0, 0];
    for (let index = 0; index < plane.length; index++) {
      const value = plane[index]!;
      if (Number.isNaN(value)) continue;
      if (value < min) min = value;
      if (value > max) max = value;
      sum += value;
      count++;
    }
    this.#min = min;
    this.#max = max;
    this.#sum += sum;
    this.#count += count;
  }

  #one(value: number): void {
    this.#min = Math.min(this.#min, value);
    this.#max = Math.max(this.#max, value);
    this.#sum += value;
    this.#count++;
  }

  result(): PixelStatistics {
    const finite = (value: number) => (Number.isFinite(value) && this.#count > 0 ? value : null);
    return {
      sha256: this.#hash.digest("hex"),
      min: finite(this.#min),
      max: finite(this.#max),
      mean: finite(this.#sum / this.#count),
    };
  }
}

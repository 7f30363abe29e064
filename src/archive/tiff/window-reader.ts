import type { PixelWindow, SampleArray } from "../../shared/raster.ts";
import { BlockCache } from "./block-cache.ts";
import type { Block, BlockReader } from "./block-reader.ts";
import { asRasterError } from "./faults.ts";
import { sampleArray } from "./unpack.ts";

/** So many blocks are fetched ahead of the one being decoded. */
const READ_AHEAD = 4;

interface Place {
  readonly plane: number;
  readonly row: number;
  readonly column: number;
}

/** Assembles windows of pixels from blocks. */
export class WindowReader {
  readonly #path: string;
  readonly #blocks: BlockReader;
  readonly #nodata: number | null;
  readonly #cache = new BlockCache();

  constructor(path: string, blocks: BlockReader, nodata: number | null) {
    this.#path = path;
    this.#blocks = blocks;
    this.#nodata = nodata;
  }

  async read(window: PixelWindow, bands: readonly number[]): Promise<SampleArray[]> {
    const { planar } = this.#blocks;
    const output = bands.map(() => this.#allocate(window.width * window.height));
    const places = this.#places(window, bands);
    const pending: Promise<Block | null>[] = [];
    for (let index = 0; index < places.length; index++) {
      while (pending.length < places.length && pending.length <= index + READ_AHEAD) {
        const block = this.#block(places[pending.length]!);
        block.catch(() => undefined);
        pending.push(block);
      }
      const place = places[index]!;
      const block = await pending[index]!;
      pending[index] = Promise.resolve(null);
      for (const [position, band] of bands.entries()) {
        if (planar && band !== place.plane) continue;
        this.#copy(block, place, planar ? 0 : band, window, output[position]!);
      }
    }
    return output;
  }

  #allocate(length: number): SampleArray {
    try {
      return sampleArray(this.#blocks.dtype, length);
    } catch (error) {
      throw asRasterError(this.#path, error);
    }
  }

  #places({ x, y, width, height }: PixelWindow, bands: readonly number[]): Place[] {
    const { blockWidth, blockHeight } = this.#blocks.layout;
    const planes = this.#blocks.planar ? [...new Set(bands)] : [0];
    const places: Place[] = [];
    for (let row = Math.floor(y / blockHeight); row * blockHeight < y + height; row++) {
      for (const plane of planes) {
        for (let column = Math.floor(x / blockWidth); column * blockWidth < x + width; column++) {
          places.push({ plane, row, column });
        }
      }
    }
    return places;
  }

  async #block(place: Place): Promise<Block | null> {
    const { plane, row, column } = place;
    const { layout } = this.#blocks;
    const key = (plane * layout.blocksDown + row) * layout.blocksAcross + column;
    return this.#cache.get(key, async () => {
      try {
        return await this.#blocks.load(plane, row, column);
      } catch (error) {
        throw asRasterError(this.#path, error, this.#blocks.describe(plane, row, column));
      }
    });
  }

  /** Copies one sample of each pixel that block and window share. */
  #copy(block: Block | null, place: Place, sample: number, window: PixelWindow, output: SampleArray): void {
    const { blockWidth, blockHeight } = this.#blocks.layout;
    const left = place.column * blockWidth;
    const top = place.row * blockHeight;
    const x0 = Math.max(left, window.x);
    const x1 = Math.min(left + blockWidth, window.x + window.width);
    const y0 = Math.max(top, window.y);
    const y1 = Math.min(top + blockHeight, window.y + window.height);
    for (let y = y0; y < y1; y++) {
      const to = (y - window.y) * window.width + (x0 - window.x);
      if (block === null) {
        fillNodata(output, this.#nodata, to, to + x1 - x0);
        continue;
      }
      const from = ((y - top) * block.width + (x0 - left)) * block.samples + sample;
      copyRow(block.values, from, block.samples, output, to, x1 - x0);
    }
  }
}

function copyRow(
  values: SampleArray,
  from: number,
  stride: number,
  output: SampleArray,
  to: number,
  count: number,
): void {
  if (output instanceof BigUint64Array || output instanceof BigInt64Array) {
    const source = values as BigUint64Array;
    for (let index = 0; index < count; index++, from += stride) output[to + index] = source[from]!;
    return;
  }
  const source = values as Float64Array;
  if (stride === 1) {
    output.set(source.subarray(from, from + count), to);
    return;
  }
  for (let index = 0; index < count; index++, from += stride) output[to + index] = source[from]!;
}

/** What GDAL gives for blocks that were never written: nodata, rounded and clamped to the type, or 0. */
function fillNodata(output: SampleArray, nodata: number | null, from: number, to: number): void {
  if (nodata === null) return;
  if (output instanceof BigUint64Array || output instanceof BigInt64Array) {
    if (Number.isFinite(nodata)) output.fill(BigInt(Math.round(nodata)), from, to);
    return;
  }
  if (output instanceof Float32Array || output instanceof Float64Array) {
    output.fill(nodata, from, to);
    return;
  }
  const bits = output.BYTES_PER_ELEMENT * 8;
  const signed = output instanceof Int8Array || output instanceof Int16Array || output instanceof Int32Array;
  const lowest = signed ? -(2 ** (bits - 1)) : 0;
  const highest = lowest + 2 ** bits - 1;
  output.fill(Number.isNaN(nodata) ? 0 : Math.min(highest, Math.max(lowest, Math.round(nodata))), from, to);
}

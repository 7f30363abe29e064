import type { PixelWindow, SampleArray } from "../../shared/raster.ts";
import type { ImageBlocks } from "./block-cache.ts";
import type { Block, BlockReader } from "./block-reader.ts";
import { type CopyPlan, copyBands } from "./copy.ts";
import { asRasterError } from "./faults.ts";
import { fillNodata } from "./fill.ts";
import { sampleArray } from "./unpack.ts";

/** So many blocks are fetched ahead of the one being decoded. */
const READ_AHEAD = 4;

interface Place {
  readonly plane: number;
  readonly row: number;
  readonly column: number;
}

interface Fetched {
  readonly block: Block | null;
  /** Whether nobody else has the block, so that its memory can be used again. */
  readonly own: boolean;
}

const NOTHING: Promise<Fetched> = Promise.resolve({ block: null, own: false });

/** Assembles windows of pixels from the blocks of one image. */
export class WindowReader {
  readonly #path: string;
  readonly #blocks: BlockReader;
  readonly #nodata: number | null;
  readonly #kept: ImageBlocks;

  constructor(path: string, blocks: BlockReader, nodata: number | null, kept: ImageBlocks) {
    this.#path = path;
    this.#blocks = blocks;
    this.#nodata = nodata;
    this.#kept = kept;
  }

  async read(window: PixelWindow, bands: readonly number[]): Promise<SampleArray[]> {
    const output = bands.map(() => this.#allocate(window.width * window.height));
    const places = this.#places(window, bands);
    const pending: Promise<Fetched>[] = [];
    for (let index = 0; index < places.length; index++) {
      while (pending.length < places.length && pending.length <= index + READ_AHEAD) {
        const fetching = this.#fetch(places[pending.length]!, window);
        fetching.catch(() => undefined);
        pending.push(fetching);
      }
      const place = places[index]!;
      const { block, own } = await pending[index]!;
      pending[index] = NOTHING;
      this.#copy(block, place, bands, window, output);
      if (own && block !== null) this.#blocks.release(block);
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

  /** Blocks that the window uses up are not kept: nobody is likely to ask for them again. */
  async #fetch(place: Place, window: PixelWindow): Promise<Fetched> {
    const { blocksDown, blocksAcross } = this.#blocks.layout;
    const key = (place.plane * blocksDown + place.row) * blocksAcross + place.column;
    const known = this.#kept.find(key);
    if (known !== undefined) return { block: await known, own: false };
    if (this.#kept.keepsNothing || this.#usesUp(place, window)) {
      return { block: await this.#load(place), own: true };
    }
    return { block: await this.#kept.add(key, () => this.#load(place)), own: false };
  }

  async #load({ plane, row, column }: Place): Promise<Block | null> {
    try {
      return await this.#blocks.load(plane, row, column);
    } catch (error) {
      throw asRasterError(this.#path, error, this.#blocks.describe(plane, row, column));
    }
  }

  #usesUp({ row, column }: Place, window: PixelWindow): boolean {
    const { blockWidth, blockHeight, width, height } = this.#blocks.layout;
    const right = Math.min(width, (column + 1) * blockWidth);
    const bottom = Math.min(height, (row + 1) * blockHeight);
    return (
      window.x <= column * blockWidth &&
      window.y <= row * blockHeight &&
      window.x + window.width >= right &&
      window.y + window.height >= bottom
    );
  }

  /** Copies the pixels that block and window share. */
  #copy(
    block: Block | null,
    place: Place,
    bands: readonly number[],
    window: PixelWindow,
    output: readonly SampleArray[],
  ): void {
    const { blockWidth, blockHeight } = this.#blocks.layout;
    const left = place.column * blockWidth;
    const top = place.row * blockHeight;
    const x = Math.max(left, window.x);
    const y = Math.max(top, window.y);
    const stride = block?.samples ?? 1;
    const plan: CopyPlan = {
      from: ((y - top) * blockWidth + (x - left)) * stride,
      stride,
      fromRow: blockWidth * stride,
      to: (y - window.y) * window.width + (x - window.x),
      toRow: window.width,
      width: Math.min(left + blockWidth, window.x + window.width) - x,
      rows: Math.min(top + blockHeight, window.y + window.height) - y,
    };
    const { planar } = this.#blocks;
    const concerned = planar ? output.filter((_, index) => bands[index] === place.plane) : output;
    const samples = planar ? concerned.map(() => 0) : bands;
    if (block !== null) copyBands(block.values, samples, concerned, plan);
    else for (const plane of concerned) fillNodata(plane, this.#nodata, plan);
  }
}

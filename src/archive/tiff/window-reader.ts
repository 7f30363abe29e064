import type { PixelWindow, SampleArray } from "../../shared/raster.ts";
import { BlockCache } from "./block-cache.ts";
import type { Block, BlockReader } from "./block-reader.ts";
import { copySamples, fillNodata } from "./copy.ts";
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
        const block = this.#block(places[pending.length]!, window);
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

  /** Blocks that the window uses up are not kept: nobody is likely to ask for them again. */
  async #block(place: Place, window: PixelWindow): Promise<Block | null> {
    const { blocksDown, blocksAcross } = this.#blocks.layout;
    const key = (place.plane * blocksDown + place.row) * blocksAcross + place.column;
    const load = () => this.#load(place);
    return this.#cache.get(key, load, !this.#usesUp(place, window));
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

  /** Copies one sample of each pixel that block and window share. */
  #copy(block: Block | null, place: Place, sample: number, window: PixelWindow, output: SampleArray): void {
    const { blockWidth, blockHeight } = this.#blocks.layout;
    const left = place.column * blockWidth;
    const top = place.row * blockHeight;
    const x = Math.max(left, window.x);
    const y = Math.max(top, window.y);
    const samples = block?.samples ?? 1;
    const plan = {
      from: ((y - top) * blockWidth + (x - left)) * samples + sample,
      stride: samples,
      fromRow: blockWidth * samples,
      to: (y - window.y) * window.width + (x - window.x),
      toRow: window.width,
      width: Math.min(left + blockWidth, window.x + window.width) - x,
      rows: Math.min(top + blockHeight, window.y + window.height) - y,
    };
    if (block === null) fillNodata(output, this.#nodata, plan);
    else copySamples(block.values, output, plan);
  }
}

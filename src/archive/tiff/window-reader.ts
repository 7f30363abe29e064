import type { FieldmarkError } from "../../shared/errors.ts";
import type { PixelWindow, SampleArray } from "../../shared/raster.ts";
import type { ImageBlocks } from "./block-cache.ts";
import type { Block, BlockReader, Extent, Place, Rows } from "./block-reader.ts";
import { joinBlocks, RUN_BYTES, type StoredBlock } from "./block-runs.ts";
import { type CopyPlan, copyBands } from "./copy.ts";
import { copySums } from "./copy-sums.ts";
import { asRasterError } from "./faults.ts";
import { fillNodata } from "./fill.ts";
import { undoDifferences } from "./predictor.ts";
import { unsetSampleArray } from "./unpack.ts";

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

  /** @param into arrays of the right type and length that are overwritten and returned; new ones without them */
  async read(
    window: PixelWindow,
    bands: readonly number[],
    into?: readonly SampleArray[],
  ): Promise<SampleArray[]> {
    const output = into ? [...into] : bands.map(() => this.#allocate(window.width * window.height));
    const copy = (block: Block | null, place: Place) => this.#copy(block, place, bands, window, output);
    const passing: StoredBlock[] = [];
    const others: Place[] = [];
    for (const place of this.#places(window, bands)) {
      if (this.#blocks.joinsPlanes || this.#isKept(place, window)) others.push(place);
      else {
        const extent = this.#extent(place);
        if (extent === null) copy(null, place);
        else passing.push({ place, extent });
      }
    }
    await this.#passThrough(passing, window, copy);
    await inTurn(
      others,
      this.#ahead,
      (place) => this.#load(place, window),
      async (place, block) => copy(block, place),
    );
    return output;
  }

  /** Reads and decodes blocks that nobody but this window gets. */
  #passThrough(
    blocks: readonly StoredBlock[],
    window: PixelWindow,
    copy: (block: Block, place: Place) => void,
  ): Promise<void> {
    const reader = this.#blocks;
    const wantedRows = ({ row }: Place): Rows => {
      const top = row * reader.layout.blockHeight;
      const first = Math.max(0, window.y - top);
      const end = Math.min(reader.layout.blockHeight, window.y + window.height - top);
      return { first, end };
    };
    return inTurn(
      joinBlocks(blocks, reader.blockBytes),
      this.#ahead,
      ({ extent, blocks }) => this.#naming(blocks[0]!.place, () => reader.read(extent)),
      async (run, bytes) => {
        for (const { place, extent } of run.blocks) {
          const from = extent.offset - run.extent.offset;
          const stored = bytes.subarray(from, from + extent.length);
          const rows = wantedRows(place);
          const block = await this.#naming(place, () => reader.decode(place, stored, rows, true));
          copy(block, place);
          reader.release(block);
        }
        reader.recycle(bytes);
      },
    );
  }

  /** Large blocks are read one by one, to have no more than one of them in memory. */
  get #ahead(): number {
    return this.#blocks.blockBytes > RUN_BYTES ? 0 : AHEAD;
  }

  #allocate(length: number): SampleArray {
    try {
      // Every sample of a window lies in a block, which is copied or filled.
      return unsetSampleArray(this.#blocks.dtype, length);
    } catch (error) {
      throw asRasterError(this.#path, error);
    }
  }

  #places({ x, y, width, height }: PixelWindow, bands: readonly number[]): Place[] {
    const { blockWidth, blockHeight } = this.#blocks.layout;
    const planes = this.#blocks.planar ? [...new Set(bands)] : [0];
    const places: Place[] = [];
    for (const plane of planes) {
      for (let row = Math.floor(y / blockHeight); row * blockHeight < y + height; row++) {
        for (let column = Math.floor(x / blockWidth); column * blockWidth < x + width; column++) {
          places.push({ plane, row, column });
        }
      }
    }
    return places;
  }

  /** Blocks that the window uses up are not kept: nobody is likely to ask for them again. */
  #isKept(place: Place, window: PixelWindow): boolean {
    if (this.#kept.keepsNothing) return false;
    return !this.#usesUp(place, window) || this.#kept.find(this.#key(place)) !== undefined;
  }

  #load(place: Place, window: PixelWindow): Promise<Block | null> {
    const load = () => this.#naming(place, () => this.#blocks.load(place));
    if (!this.#isKept(place, window)) return load();
    const key = this.#key(place);
    return this.#kept.find(key) ?? this.#kept.add(key, load);
  }

  #key({ plane, row, column }: Place): number {
    const { blocksDown, blocksAcross } = this.#blocks.layout;
    return (plane * blocksDown + row) * blocksAcross + column;
  }

  #extent(place: Place): Extent | null {
    try {
      return this.#blocks.extent(place);
    } catch (error) {
      throw this.#named(error, place);
    }
  }

  async #naming<T>(place: Place, work: () => T | Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw this.#named(error, place);
    }
  }

  #named(error: unknown, place: Place): FieldmarkError {
    return asRasterError(this.#path, error, this.#blocks.describe(place));
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
    if (block?.differences) copySummed(block, samples, concerned, plan, x - left);
    else if (block !== null) copyBands(block.values, samples, concerned, plan);
    else for (const plane of concerned) fillNodata(plane, this.#nodata, plan);
  }
}

/** Copies from a block of differences; where that cannot be done in one go, undoes them in the block first. */
function copySummed(
  { values, width, samples }: Block,
  bands: readonly number[],
  outputs: readonly SampleArray[],
  plan: CopyPlan,
  before: number,
): void {
  if (copySums(values, bands, outputs, plan, before)) return;
  const start = plan.from - before * samples;
  const rows = values.subarray(start, start + plan.rows * width * samples);
  const bytes = new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength);
  undoDifferences(bytes, width * samples * values.BYTES_PER_ELEMENT, samples, values.BYTES_PER_ELEMENT * 8);
  copyBands(values, bands, outputs, plan);
}

/** So many reads are under way while what came before them is decoded. */
const AHEAD = 2;

/** Starts work on so many items ahead of the one that is finished; all are finished in order. */
async function inTurn<Item, Result>(
  items: readonly Item[],
  ahead: number,
  start: (item: Item) => Promise<Result>,
  finish: (item: Item, result: Result) => Promise<void>,
): Promise<void> {
  const started: Promise<Result>[] = [];
  let next = 0;
  for (const item of items) {
    while (next < items.length && started.length <= ahead) {
      const starting = start(items[next++]!);
      starting.catch(() => undefined);
      started.push(starting);
    }
    await finish(item, await started.shift()!);
  }
}

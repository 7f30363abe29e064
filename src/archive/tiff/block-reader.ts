import type { SampleArray, SampleType } from "../../shared/raster.ts";
import { BufferPool } from "./buffer-pool.ts";
import { reverseBits, swapBytes } from "./byte-order.ts";
import type { ByteSource } from "./byte-source.ts";
import { type ColorConversion, colorConversionOf } from "./color.ts";
import type { BlockShape, Decoder } from "./compression/decoder.ts";
import { decoderFor } from "./compression/registry.ts";
import { corrupt, tooLarge } from "./faults.ts";
import type { Layout } from "./layout.ts";
import { undoDifferences, undoFloatingPoint } from "./predictor.ts";
import { sampleArray, unpackSamples, viewSamples } from "./unpack.ts";
import { packedYCbCrBytes } from "./ycbcr.ts";

/** A decoded block: `rows` rows of `width` pixels with `samples` interleaved samples each. */
export interface Block {
  readonly width: number;
  readonly rows: number;
  readonly samples: number;
  readonly values: SampleArray;
  /** The pooled memory that the values lie in and nothing else does, if there is such. */
  readonly memory: ArrayBufferLike | null;
  /** Whether the values are still differences from their left neighbours (Predictor 2). */
  readonly differences?: boolean;
}

/** A block's place in its image; `plane` is the band where blocks hold a single one, otherwise 0. */
export interface Place {
  readonly plane: number;
  readonly row: number;
  readonly column: number;
}

/** Rows of a block from the first up to the end, which does not belong to them. */
export interface Rows {
  readonly first: number;
  readonly end: number;
}

/** Where bytes lie in the file. */
export interface Extent {
  readonly offset: number;
  readonly length: number;
}

/**
 * A block that decodes to more than this is refused: it has to be in memory as a whole, together with its compressed
 * bytes and the pixels made of it.
 */
const MAX_BLOCK_BYTES = 128 << 20;

/** Up to this size a decoded block is allocated without asking whether its compressed size makes it plausible. */
const HARMLESS_BYTES = 1 << 16;

/** Compressed blocks far longer than what they decode to are read only so far, as libtiff does. */
const SURPLUS_FACTOR = 10;
const SURPLUS_BYTES = 1 << 20;
const MOST_SURPLUS_BYTES = 64 << 20;

const mostUseful = (byteLength: number) =>
  byteLength + Math.min(byteLength * (SURPLUS_FACTOR - 1) + SURPLUS_BYTES, MOST_SURPLUS_BYTES);

/** Memory of all readers in this thread: one reads while the others rest. */
const pool = new BufferPool();

/** Decodes single blocks of one image, in the form in which GDAL presents their pixels. */
export class BlockReader {
  readonly layout: Layout;
  /** Bands as presented. */
  readonly bands: number;
  readonly dtype: SampleType;
  /** True where each band comes from blocks of its own. */
  readonly planar: boolean;
  readonly #source: ByteSource;
  readonly #decoder: Decoder;
  readonly #color: ColorConversion | null;

  /** Throws an `unsupported` fault where compression or colours are not known. */
  constructor(source: ByteSource, layout: Layout) {
    this.#source = source;
    this.layout = layout;
    this.#decoder = decoderFor(layout.compression);
    this.#color = colorConversionOf(layout);
    this.bands = this.#color?.bands ?? layout.samplesPerPixel;
    this.dtype = layout.dtype;
    this.planar = layout.planar && this.#color === null;
  }

  /** Whether the presented bands are not the stored samples. */
  get convertsColors(): boolean {
    return this.#color !== null;
  }

  /** What to call a block in an error. */
  describe({ plane, row, column }: Place): string {
    const { tiled, blocksAcross, blocksDown } = this.layout;
    const where = tiled
      ? `tile (${column}, ${row}) of ${blocksAcross} × ${blocksDown}`
      : `strip ${row} of ${blocksDown}`;
    return this.planar ? `${where}, band ${plane + 1}` : where;
  }

  /**
   * The first block that lies wholly or partly beyond the end of the file, in words; null when all lie inside. Looks at
   * the block index only.
   */
  firstBeyondEnd(): string | null {
    const { blocksAcross, blocksDown, planar, samplesPerPixel, compression, index } = this.layout;
    for (let plane = 0; plane < (planar ? samplesPerPixel : 1); plane++) {
      for (let row = 0; row < blocksDown; row++) {
        const most = mostUseful(this.#shape(row).byteLength);
        const uncompressed = this.#shape(row).storedLength;
        for (let column = 0; column < blocksAcross; column++) {
          const { offset, length } = index.locate((plane * blocksDown + row) * blocksAcross + column);
          const needed = length === 0 ? 0 : compression === 1 ? uncompressed : Math.min(length, most);
          if (needed > 0 && offset + needed > this.#source.size) return this.describe({ plane, row, column });
        }
      }
    }
    return null;
  }

  /** A decoded block, or null for one that was never written. */
  async load(place: Place): Promise<Block | null> {
    const { layout } = this;
    if (!this.joinsPlanes) return this.#loadStored(place);
    const planes: Block[] = [];
    for (let plane = 0; plane < layout.samplesPerPixel; plane++) {
      const block = await this.#loadStored({ ...place, plane });
      if (block === null) return null;
      planes.push(block);
    }
    const block = interleave(planes);
    for (const plane of planes) this.release(plane);
    return this.#present(block);
  }

  /** Whether a presented block is made of several stored ones, which only `load` can do. */
  get joinsPlanes(): boolean {
    return this.layout.planar && !this.planar;
  }

  /** Bytes of a full decoded block. */
  get blockBytes(): number {
    return this.#shape(0).byteLength;
  }

  /** Where the bytes of a stored block lie that are needed to decode it; null for one that was never written. */
  extent({ plane, row, column }: Place): Extent | null {
    const { layout } = this;
    const block = (plane * layout.blocksDown + row) * layout.blocksAcross + column;
    const { offset, length } = layout.index.locate(block);
    if (length === 0) return null;
    if (offset === 0) throw corrupt("its position in the file is missing");
    const { byteLength } = this.#shape(row);
    if (byteLength > MAX_BLOCK_BYTES) throw tooLarge(`it would decode to ${byteLength} bytes`);
    if (layout.compression === 1) {
      this.#inside(offset, this.#shape(row).storedLength);
      return this.#inside(offset, byteLength);
    }
    if (byteLength > HARMLESS_BYTES && byteLength > length * this.#decoder.maximumExpansion) {
      throw corrupt(`its ${length} bytes cannot hold the ${byteLength} bytes that belong there`);
    }
    return this.#inside(offset, Math.min(length, mostUseful(byteLength)));
  }

  /** Bytes of the file, in memory that `recycle` takes back. */
  read({ offset, length }: Extent): Promise<Uint8Array> {
    return this.#source.read(offset, length, pool);
  }

  /**
   * Decodes a stored block.
   * @param bytes what lies in the file at the block's extent; they are changed, and the result may lie in them
   * @param wanted the rows that count; byte order and predictor may not be undone in others
   * @param sums whether the caller sums up differences of 16-bit samples, as `differences` in the result says then
   */
  async decode({ row }: Place, bytes: Uint8Array, wanted?: Rows, sums = false): Promise<Block> {
    const shape = this.#shape(row);
    const { layout } = this;
    const decoder = this.#decoder;
    if (layout.reverseBits && decoder.bitOrder) reverseBits(bytes);
    const raw = await decoder.decode(bytes, shape, layout, pool);
    const { width, rows, samples } = shape;
    if (this.#color?.unpack) {
      const values = this.#color.unpack(raw, width, rows);
      return this.#present({ width, rows, samples, values, memory: null });
    }
    const { bitsPerSample, sampleFormat, dtype } = layout;
    // Half floats are widened here, which their differences would not survive.
    const summable = bitsPerSample === 16 && dtype !== "float32" && this.#color === null;
    const differences = sums && this.#predictor === 2 && summable;
    if (!decoder.nativeOrder) {
      const rowBytes = Math.ceil((width * samples * bitsPerSample) / 8);
      const { first, end } = wanted ?? { first: 0, end: rows };
      this.#unorder(raw.subarray(first * rowBytes, end * rowBytes), rowBytes, samples, differences);
    }
    const values = unpackSamples(raw, width * samples, rows, bitsPerSample, sampleFormat, dtype);
    const isOwn = values.buffer === raw.buffer && raw.buffer !== bytes.buffer;
    if (!isOwn && raw.buffer !== bytes.buffer) pool.give(raw.buffer);
    const block = { width, rows, samples, values, memory: isOwn ? raw.buffer : null, differences };
    return layout.planar ? block : this.#present(block);
  }

  /** Takes a block's memory for later ones. Nobody may use the block any more. */
  release(block: Block): void {
    if (block.memory !== null) pool.give(block.memory);
  }

  /** Takes memory that `read` gave. Nobody may use it any more. */
  recycle(bytes: Uint8Array): void {
    pool.give(bytes.buffer);
  }

  async #loadStored(place: Place): Promise<Block | null> {
    const extent = this.extent(place);
    if (extent === null) return null;
    const bytes = await this.read(extent);
    const block = await this.decode(place, bytes);
    if (block.values.buffer === bytes.buffer) return { ...block, memory: bytes.buffer };
    this.recycle(bytes);
    return block;
  }

  #inside(offset: number, length: number): Extent {
    if (offset + length > this.#source.size) {
      throw corrupt(
        `bytes ${offset} to ${offset + length} are referred to, but the file ends at byte ${this.#source.size}`,
      );
    }
    return { offset, length };
  }

  /** Blocks end with the image: what the last row of tiles holds below it is padding and not decoded. */
  #shape(row: number): BlockShape {
    const {
      blockWidth: width,
      blockHeight,
      height,
      planar,
      samplesPerPixel,
      subsampling,
      tiled,
    } = this.layout;
    const rows = Math.min(blockHeight, height - row * blockHeight);
    const samples = planar ? 1 : samplesPerPixel;
    const byteLength = this.#color?.unpack
      ? packedYCbCrBytes(width, rows, ...subsampling)
      : Math.ceil((width * samples * this.layout.bitsPerSample) / 8) * rows;
    const storedLength = tiled ? Math.floor(byteLength / rows) * blockHeight : byteLength;
    return { width, rows, samples, byteLength, storedLength };
  }

  get #predictor(): number {
    return this.#decoder.predicts ? this.layout.predictor : 1;
  }

  /** Byte order and predictor. The floating point predictor defines its own byte order. */
  #unorder(raw: Uint8Array, rowBytes: number, samples: number, differences: boolean): void {
    const { littleEndian, bitsPerSample, sampleFormat } = this.layout;
    const predictor = this.#predictor;
    if (predictor === 3) {
      undoFloatingPoint(raw, rowBytes, samples, bitsPerSample, sampleFormat);
      return;
    }
    if (!littleEndian) swapBytes(raw, bitsPerSample);
    if (differences) return;
    if (predictor === 2) undoDifferences(raw, rowBytes, samples, bitsPerSample);
    else if (predictor !== 1) throw corrupt(`its predictor, ${predictor}, does not exist`);
  }

  #present(block: Block): Block {
    if (this.#color === null) return block;
    const { width, rows, samples, values } = block;
    const stored = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    const converted = this.#color.convert(stored, width * rows, samples);
    return {
      width,
      rows,
      samples: this.#color.bands,
      values: viewSamples(converted, this.dtype),
      memory: null,
    };
  }
}

function interleave(planes: readonly Block[]): Block {
  const { width, rows } = planes[0]!;
  const values = sampleArray("uint8", width * rows * planes.length) as Uint8Array;
  for (const [sample, plane] of planes.entries()) {
    const source = plane.values as Uint8Array;
    for (let pixel = 0; pixel < width * rows; pixel++)
      values[pixel * planes.length + sample] = source[pixel]!;
  }
  return { width, rows, samples: planes.length, values, memory: null };
}

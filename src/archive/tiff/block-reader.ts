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
  /** The pooled memory that the values lie in, if they do. */
  readonly memory: ArrayBufferLike | null;
}

/** A block that claims to decode to more than this is refused: nobody tiles or strips that coarsely. */
const MAX_BLOCK_BYTES = 1 << 30;

/** Up to this size a decoded block is allocated without asking whether its compressed size makes it plausible. */
const HARMLESS_BYTES = 1 << 16;

/** Compressed blocks far longer than what they decode to are read only so far, as libtiff does. */
const SURPLUS_FACTOR = 10;
const SURPLUS_BYTES = 1 << 20;

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
  readonly #pool = new BufferPool();

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
  describe(plane: number, row: number, column: number): string {
    const { tiled, blocksAcross, blocksDown } = this.layout;
    const where = tiled
      ? `tile (${column}, ${row}) of ${blocksAcross} × ${blocksDown}`
      : `strip ${row} of ${blocksDown}`;
    return this.planar ? `${where}, band ${plane + 1}` : where;
  }

  /** A decoded block, or null for one that was never written. `plane` is the band where `planar`, otherwise 0. */
  async load(plane: number, row: number, column: number): Promise<Block | null> {
    const { layout } = this;
    if (!layout.planar || this.planar) return this.#loadStored(plane, row, column);
    const planes: Block[] = [];
    for (let sample = 0; sample < layout.samplesPerPixel; sample++) {
      const block = await this.#loadStored(sample, row, column);
      if (block === null) return null;
      planes.push(block);
    }
    const block = interleave(planes);
    for (const plane of planes) this.release(plane);
    return this.#present(block);
  }

  /** Takes a block's memory for later ones. Nobody may use the block any more. */
  release(block: Block): void {
    if (block.memory !== null) this.#pool.give(block.memory);
  }

  async #loadStored(plane: number, row: number, column: number): Promise<Block | null> {
    const shape = this.#shape(row);
    const bytes = await this.#fetch(plane, row, column, shape.byteLength);
    if (bytes === null) return null;
    const { layout } = this;
    const decoder = this.#decoder;
    if (layout.reverseBits && decoder.bitOrder) reverseBits(bytes);
    const raw = await decoder.decode(bytes, shape, layout);
    if (raw.buffer !== bytes.buffer) this.#pool.give(bytes.buffer);
    const { width, rows, samples } = shape;
    if (this.#color?.unpack) {
      return this.#present({
        width,
        rows,
        samples,
        values: this.#color.unpack(raw, width, rows),
        memory: null,
      });
    }
    if (!decoder.nativeOrder)
      this.#unorder(raw, Math.ceil((width * samples * layout.bitsPerSample) / 8), samples);
    const { bitsPerSample, sampleFormat, dtype } = layout;
    const values = unpackSamples(raw, width * samples, rows, bitsPerSample, sampleFormat, dtype);
    const memory = values.buffer === bytes.buffer ? bytes.buffer : null;
    const block = { width, rows, samples, values, memory };
    return layout.planar ? block : this.#present(block);
  }

  async #fetch(plane: number, row: number, column: number, byteLength: number): Promise<Uint8Array | null> {
    const { layout } = this;
    const block = (plane * layout.blocksDown + row) * layout.blocksAcross + column;
    const { offset, length } = layout.index.locate(block);
    if (length === 0) return null;
    if (offset === 0) throw corrupt("its position in the file is missing");
    if (byteLength > MAX_BLOCK_BYTES) throw tooLarge(`it would decode to ${byteLength} bytes`);
    if (layout.compression === 1) return this.#source.read(offset, byteLength, this.#pool);
    if (byteLength > HARMLESS_BYTES && byteLength > length * this.#decoder.maximumExpansion) {
      throw corrupt(`its ${length} bytes cannot hold the ${byteLength} bytes that belong there`);
    }
    return this.#source.read(
      offset,
      Math.min(length, byteLength * SURPLUS_FACTOR + SURPLUS_BYTES),
      this.#pool,
    );
  }

  /** Blocks end with the image: what the last row of tiles holds below it is padding and not decoded. */
  #shape(row: number): BlockShape {
    const { blockWidth: width, blockHeight, height, planar, samplesPerPixel, subsampling } = this.layout;
    const rows = Math.min(blockHeight, height - row * blockHeight);
    const samples = planar ? 1 : samplesPerPixel;
    const byteLength = this.#color?.unpack
      ? packedYCbCrBytes(width, rows, ...subsampling)
      : Math.ceil((width * samples * this.layout.bitsPerSample) / 8) * rows;
    return { width, rows, samples, byteLength };
  }

  /** Byte order and predictor. The floating point predictor defines its own byte order. */
  #unorder(raw: Uint8Array, rowBytes: number, samples: number): void {
    const { littleEndian, bitsPerSample, sampleFormat } = this.layout;
    const predictor = this.#decoder.predicts ? this.layout.predictor : 1;
    if (predictor === 3) {
      undoFloatingPoint(raw, rowBytes, samples, bitsPerSample, sampleFormat);
      return;
    }
    if (!littleEndian) swapBytes(raw, bitsPerSample);
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

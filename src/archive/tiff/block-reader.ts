import { swapBytes, reverseBits } from "./byte-order.ts";
import type { ByteSource } from "./byte-source.ts";
import type { BlockShape, Decoder } from "./compression/decoder.ts";
import { decoderFor } from "./compression/registry.ts";
import { corrupt, tooLarge } from "./faults.ts";
import type { Layout } from "./layout.ts";
import { undoDifferences, undoFloatingPoint } from "./predictor.ts";
import type { SampleArray } from "../../shared/raster.ts";
import { unpackSamples } from "./unpack.ts";

/** A decoded block: `rows` rows of `width` pixels with `samples` interleaved samples each. */
export interface Block {
  readonly width: number;
  readonly rows: number;
  readonly samples: number;
  readonly values: SampleArray;
}

/** A block that claims to decode to more than this is refused: nobody tiles or strips that coarsely. */
const MAX_BLOCK_BYTES = 1 << 30;

/** Up to this size a decoded block is allocated without asking whether its compressed size makes it plausible. */
const HARMLESS_BYTES = 1 << 16;

/** Compressed blocks far longer than what they decode to are read only so far, as libtiff does. */
const SURPLUS_FACTOR = 10;
const SURPLUS_BYTES = 1 << 20;

/** Decodes single blocks of one image. */
export class BlockReader {
  readonly layout: Layout;
  readonly #source: ByteSource;
  readonly #decoder: Decoder;

  /** Throws an `unsupported` fault where the compression is not known. */
  constructor(source: ByteSource, layout: Layout) {
    this.#source = source;
    this.layout = layout;
    this.#decoder = decoderFor(layout.compression);
  }

  /** What to call a block in an error. */
  describe(plane: number, row: number, column: number): string {
    const { tiled, planar, blocksAcross, blocksDown } = this.layout;
    const where = tiled ? `tile (${column}, ${row}) of ${blocksAcross} × ${blocksDown}` : `strip ${row} of ${blocksDown}`;
    return planar ? `${where}, band ${plane + 1}` : where;
  }

  /** The shape of a block; strips end with the image, tiles do not. */
  shape(row: number): BlockShape {
    const { width, rows, samples } = this.#size(row);
    return { width, rows, samples, byteLength: this.#byteLength(width, rows, samples) };
  }

  /** The block's compressed bytes, or null for a block that was never written. */
  async fetch(plane: number, row: number, column: number): Promise<Uint8Array | null> {
    const { layout } = this;
    const block = (plane * layout.blocksDown + row) * layout.blocksAcross + column;
    const { offset, length } = layout.index.locate(block);
    if (length === 0) return null;
    if (offset === 0) throw corrupt("its position in the file is missing");
    const { byteLength } = this.shape(row);
    if (byteLength > MAX_BLOCK_BYTES) throw tooLarge(`it would decode to ${byteLength} bytes`);
    if (layout.compression === 1) return this.#source.read(offset, byteLength);
    if (byteLength > HARMLESS_BYTES && byteLength > length * this.#decoder.maximumExpansion) {
      throw corrupt(`its ${length} bytes cannot hold the ${byteLength} bytes that belong there`);
    }
    const sensible = byteLength * SURPLUS_FACTOR + SURPLUS_BYTES;
    return this.#source.read(offset, Math.min(length, sensible));
  }

  /** Decodes what `fetch` gave. */
  async decode(bytes: Uint8Array, row: number): Promise<Block> {
    const { layout } = this;
    const decoder = this.#decoder;
    const shape = this.shape(row);
    if (layout.reverseBits && decoder.bitOrder) reverseBits(bytes);
    const raw = await decoder.decode(bytes, shape, layout);
    const { width, rows, samples } = shape;
    if (!decoder.nativeOrder) this.#unorder(raw, Math.ceil((width * samples * layout.bitsPerSample) / 8), samples);
    const { bitsPerSample, sampleFormat, dtype } = layout;
    const values = unpackSamples(raw, width * samples, rows, bitsPerSample, sampleFormat, dtype);
    return { width, rows, samples, values };
  }

  #size(row: number) {
    const { tiled, blockWidth, blockHeight, height, planar, samplesPerPixel } = this.layout;
    const rows = tiled ? blockHeight : Math.min(blockHeight, height - row * blockHeight);
    return { width: blockWidth, rows, samples: planar ? 1 : samplesPerPixel };
  }

  #byteLength(width: number, rows: number, samples: number): number {
    return Math.ceil((width * samples * this.layout.bitsPerSample) / 8) * rows;
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
}

import type { BufferPool } from "../buffer-pool.ts";
import type { Layout } from "../layout.ts";

/** The block to be decoded, in pixels and in bytes of unpacked but still packed-to-the-bit samples. */
export interface BlockShape {
  readonly width: number;
  /** Rows inside the image; a tile at the bottom may hold more, which are padding. */
  readonly rows: number;
  /** Samples of each pixel in this block: all of them, or 1 in planar files. */
  readonly samples: number;
  /** Bytes that the decoded block has to have. */
  readonly byteLength: number;
  /** Bytes of the block as stored: with the padding below the image, where it is a tile. */
  readonly storedLength: number;
}

/** One TIFF compression scheme. */
export interface Decoder {
  /** The values of the Compression tag. */
  readonly codes: readonly number[];
  /** GDAL's name. */
  readonly name: string;
  /** Whether the Predictor tag applies. */
  readonly predicts: boolean;
  /** Whether the result is in this machine's byte order already. */
  readonly nativeOrder: boolean;
  /** Whether FillOrder concerns the compressed bytes. */
  readonly bitOrder: boolean;
  /** The most bytes that one compressed byte can stand for; a block that claims more is damaged. */
  readonly maximumExpansion: number;
  /**
   * Exactly `shape.byteLength` bytes, or a RasterFault. May return (a part of) `input` itself.
   * @param input the block's bytes in the file, FillOrder undone; may be changed
   * @param memory where room for the result may be taken from; whoever has done with the result gives it back
   */
  decode(
    input: Uint8Array,
    shape: BlockShape,
    layout: Layout,
    memory: BufferPool,
  ): Uint8Array | Promise<Uint8Array>;
}

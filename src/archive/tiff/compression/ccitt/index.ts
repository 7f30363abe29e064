import { corrupt, unsupported } from "../../faults.ts";
import type { BlockShape, Decoder } from "../decoder.ts";
import { FaxBitReader } from "./bit-reader.ts";
import { readRow, readRowFrom } from "./rows.ts";
import { Runs } from "./runs.ts";

/** T4Options: each row tells whether it is coded from the one above. */
const TWO_DIMENSIONAL = 1;

/** Fills `output` row by row; each row begins with zeros (white). */
type RowDecoder = (reader: FaxBitReader, shape: BlockShape, output: Uint8Array, options: number) => void;

/** Runs without ends of line; every row begins at a multiple of so many bits. */
const runLengths =
  (alignment: number): RowDecoder =>
  (reader, { width }, output) => {
    const row = new Runs(width);
    for (const bytes of rowsOf(output, width)) {
      if (readRow(reader, row, width)) throw corrupt("its CCITT data end a line early");
      row.paint(bytes);
      reader.align(alignment);
    }
  };

/** T.4: an end of line before each row. */
const group3: RowDecoder = (reader, { width }, output, options) => {
  const plane = (options & TWO_DIMENSIONAL) !== 0;
  let row = new Runs(width);
  let above = new Runs(width);
  above.setWhite();
  let ended = false;
  for (const bytes of rowsOf(output, width)) {
    if (!ended) reader.findEndOfLine();
    reader.skipEndOfLine();
    const alone = !plane || reader.peek(1) === 1;
    if (plane) reader.take(1);
    ended = alone ? readRow(reader, row, width) : readRowFrom(reader, row, above, width);
    row.paint(bytes);
    [row, above] = [above, row];
  }
};

/** T.6: each row is coded from the one above. */
const group4: RowDecoder = (reader, { width }, output) => {
  let row = new Runs(width);
  let above = new Runs(width);
  above.setWhite();
  for (const bytes of rowsOf(output, width)) {
    if (readRowFrom(reader, row, above, width)) throw corrupt("its CCITT data end early");
    row.paint(bytes);
    [row, above] = [above, row];
  }
};

function* rowsOf(output: Uint8Array, width: number): Generator<Uint8Array> {
  const rowBytes = Math.ceil(width / 8);
  for (let start = 0; start < output.length; start += rowBytes) {
    yield output.subarray(start, start + rowBytes);
  }
}

/**
 * The fax encodings of bilevel images (TIFF 6.0, sections 10 and 11; ITU-T T.4 and T.6). Lines that are too short or
 * too long are mended as libtiff does it; codes that do not exist and data that end early are faults.
 */
const ccitt = (code: number, name: string, decodeRows: RowDecoder): Decoder => ({
  codes: [code],
  name,
  predicts: false,
  nativeOrder: false,
  bitOrder: true,
  // A white row of any width above another takes one bit.
  maximumExpansion: 1 << 20,
  decode(input, shape, layout) {
    if (layout.bitsPerSample !== 1 || shape.samples !== 1) {
      throw unsupported(`${name} of other than one bit a pixel is not supported`);
    }
    const output = new Uint8Array(shape.byteLength);
    decodeRows(new FaxBitReader(input), shape, output, layout.group3Options);
    return output;
  },
});

export const CCITT_DECODERS: readonly Decoder[] = [
  ccitt(2, "CCITTRLE", runLengths(8)),
  ccitt(3, "CCITTFAX3", group3),
  ccitt(4, "CCITTFAX4", group4),
  ccitt(32771, "CCITTRLEW", runLengths(16)),
];

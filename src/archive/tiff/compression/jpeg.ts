import { corrupt } from "../faults.ts";
import { PHOTOMETRIC } from "../tags.ts";
import type { Decoder } from "./decoder.ts";
import { decodeJpeg, emptyTables, readTables } from "./jpeg/decode.ts";
import type { Plane } from "./jpeg/upsample.ts";

/** JPEG as in TIFF Technical Note 2. YCbCr becomes RGB, as GDAL presents it; other colours stay as they are. */
export const jpeg = {
  codes: [7],
  name: "JPEG",
  predicts: false,
  nativeOrder: true,
  bitOrder: false,
  // Two bits a block of 64 samples and component, in chroma planes that may be 16 times smaller.
  maximumExpansion: 4096,
  decode(input, shape, layout) {
    if (layout.bitsPerSample !== 8)
      throw corrupt(`its samples of ${layout.bitsPerSample} bits do not fit its JPEG data`);
    const tables = emptyTables();
    if (layout.jpegTables !== null) readTables(layout.jpegTables, tables);
    const { width, rows, samples, byteLength } = shape;
    const expected = { width, maximumHeight: layout.blockHeight, components: samples };
    const image = decodeJpeg(input, tables, expected);
    if (image.height < rows) throw corrupt(`its JPEG data have ${image.height} rows instead of ${rows}`);
    if (image.subsampled && layout.photometric !== PHOTOMETRIC.yCbCr) {
      throw corrupt("its JPEG data are subsampled, which fits no other colours than YCbCr");
    }
    const output = new Uint8Array(byteLength);
    if (layout.photometric === PHOTOMETRIC.yCbCr && samples === 3) toRgb(image.planes, width, rows, output);
    else interleave(image.planes, width, rows, output);
    return output;
  },
} as const satisfies Decoder;

function interleave(planes: readonly Plane[], width: number, rows: number, output: Uint8Array): void {
  for (const [index, { samples, stride }] of planes.entries()) {
    let to = index;
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < width; x++, to += planes.length) output[to] = samples[y * stride + x]!;
    }
  }
}

const FRACTION_BITS = 16;
const fixed = (value: number) => Math.floor(value * 2 ** FRACTION_BITS + 0.5);
const HALF = 1 << (FRACTION_BITS - 1);
const chroma = (entry: (centred: number) => number) =>
  Int32Array.from({ length: 256 }, (_, value) => entry(value - 128));
const RED = chroma((cr) => (fixed(1.402) * cr + HALF) >> FRACTION_BITS);
const BLUE = chroma((cb) => (fixed(1.772) * cb + HALF) >> FRACTION_BITS);
const GREEN_FROM_RED = chroma((cr) => -fixed(0.71414) * cr);
const GREEN_FROM_BLUE = chroma((cb) => -fixed(0.34414) * cb + HALF);

/** Rec. 601 full range (JFIF 1.02), in libjpeg's fixed-point arithmetic. */
function toRgb(planes: readonly Plane[], width: number, rows: number, output: Uint8Array): void {
  const [luma, blue, red] = planes as [Plane, Plane, Plane];
  const clamp = (value: number) => Math.min(255, Math.max(0, value));
  let to = 0;
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < width; x++, to += 3) {
      const light = luma.samples[y * luma.stride + x]!;
      const cb = blue.samples[y * blue.stride + x]!;
      const cr = red.samples[y * red.stride + x]!;
      output[to] = clamp(light + RED[cr]!);
      output[to + 1] = clamp(light + ((GREEN_FROM_BLUE[cb]! + GREEN_FROM_RED[cr]!) >> FRACTION_BITS));
      output[to + 2] = clamp(light + BLUE[cb]!);
    }
  }
}

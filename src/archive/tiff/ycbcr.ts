const SHIFT = 16;
const HALF = 1 << (SHIFT - 1);

/**
 * YCbCr to RGB with a file's own luma weights and reference levels (TIFF 6.0, sections 20 and 21), in the fixed-point
 * arithmetic of libtiff's RGBA interface, so that results agree to the count.
 * @param coefficients luma weights of red, green, blue
 * @param reference black and white levels of Y, Cb, Cr; null for full range
 */
export function yCbCrConverter(
  coefficients: readonly [number, number, number],
  reference: Float64Array | null,
): (stored: Uint8Array, pixels: number, samples: number) => Uint8Array {
  const levels = reference ?? Float64Array.of(0, 255, 128, 255, 128, 255);
  const [red, green, blue] = coefficients;
  const fixed = (value: number) => Math.trunc(Math.min(2, Math.max(0, value)) * 2 ** SHIFT + 0.5);
  const redFromCr = fixed(2 - 2 * red);
  const greenFromCr = -fixed((red * (2 - 2 * red)) / green);
  const blueFromCb = fixed(2 - 2 * blue);
  const greenFromCb = -fixed((blue * (2 - 2 * blue)) / green);
  const scaled = (value: number, black: number, white: number, range: number) => {
    const span = white - black;
    const result = ((value - Math.trunc(black)) * range) / (span === 0 ? 1 : span);
    return Math.trunc(Math.min(128 * 32, Math.max(-128 * 32, result)));
  };
  const table = (entry: (value: number) => number) =>
    Int32Array.from({ length: 256 }, (_, value) => entry(value));
  const cr = (value: number) => scaled(value - 128, levels[4]! - 128, levels[5]! - 128, 127);
  const cb = (value: number) => scaled(value - 128, levels[2]! - 128, levels[3]! - 128, 127);
  const light = table((value) => scaled(value, levels[0]!, levels[1]!, 255));
  const crRed = table((value) => (redFromCr * cr(value) + HALF) >> SHIFT);
  const cbBlue = table((value) => (blueFromCb * cb(value) + HALF) >> SHIFT);
  const crGreen = table((value) => greenFromCr * cr(value));
  const cbGreen = table((value) => greenFromCb * cb(value) + HALF);
  const clamp = (value: number) => Math.min(255, Math.max(0, value));

  return (stored, pixels, samples) => {
    const output = new Uint8Array(pixels * 3);
    for (let pixel = 0, from = 0, to = 0; pixel < pixels; pixel++, from += samples, to += 3) {
      const y = light[stored[from]!]!;
      const cbValue = stored[from + 1]!;
      const crValue = stored[from + 2]!;
      output[to] = clamp(y + crRed[crValue]!);
      output[to + 1] = clamp(y + ((cbGreen[cbValue]! + crGreen[crValue]!) >> SHIFT));
      output[to + 2] = clamp(y + cbBlue[cbValue]!);
    }
    return output;
  };
}

/** Bytes of a chroma-subsampled block: groups of `across * down` Y samples, one Cb, one Cr (TIFF 6.0, section 21). */
export function packedYCbCrBytes(width: number, rows: number, across: number, down: number): number {
  return Math.ceil(width / across) * Math.ceil(rows / down) * (across * down + 2);
}

/**
 * One Y, Cb, Cr triple per pixel; chroma is repeated within its group.
 * @param strip libtiff reads whole rows of a strip, and rounds the bytes of one down: where groups of four rows don't
 *   divide evenly, a strip's last bytes count as 0
 */
export function unpackYCbCr(
  packed: Uint8Array,
  width: number,
  rows: number,
  across: number,
  down: number,
  strip = false,
): Uint8Array {
  const output = new Uint8Array(width * rows * 3);
  const group = across * down + 2;
  const groupsAcross = Math.ceil(width / across);
  if (strip) packed.fill(0, Math.floor((groupsAcross * group) / down) * Math.ceil(rows / down) * down);
  for (let y = 0, to = 0; y < rows; y++) {
    const rowStart = Math.floor(y / down) * groupsAcross * group + (y % down) * across;
    const chromaStart = Math.floor(y / down) * groupsAcross * group + across * down;
    for (let x = 0; x < width; x++, to += 3) {
      const column = Math.floor(x / across) * group;
      output[to] = packed[rowStart + column + (x % across)]!;
      output[to + 1] = packed[chromaStart + column]!;
      output[to + 2] = packed[chromaStart + column + 1]!;
    }
  }
  return output;
}

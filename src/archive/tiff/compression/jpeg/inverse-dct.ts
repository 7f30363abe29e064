import type { Component } from "./frame.ts";

/**
 * The accurate integer inverse DCT of the Independent JPEG Group (C. Loeffler, A. Ligtenberg and G. Moschytz, ICASSP
 * 1989, with 13-bit constants and 2 extra bits between the passes), so that results equal libjpeg's to the count.
 */
const workspace = new Int32Array(64);

const CONSTANT_BITS = 13;
const PASS_BITS = 2;

/** The component's samples: `blocksDown * 8` rows of `blocksAcross * 8`. */
export function reconstruct(
  component: Component,
  table: Uint16Array,
): { samples: Uint8Array; stride: number } {
  const { blocksAcross, blocksDown, coefficients } = component;
  const stride = blocksAcross * 8;
  const samples = new Uint8Array(stride * blocksDown * 8);
  for (let row = 0; row < blocksDown; row++) {
    for (let column = 0; column < blocksAcross; column++) {
      const from = (row * component.stride + column) * 64;
      inverse(coefficients, from, table, samples, row * 8 * stride + column * 8, stride);
    }
  }
  return { samples, stride };
}

function inverse(
  input: Int16Array,
  from: number,
  table: Uint16Array,
  output: Uint8Array,
  to: number,
  stride: number,
) {
  const work = workspace;
  for (let c = 0; c < 8; c++) {
    const at = from + c;
    const i1 = input[at + 8]!;
    const i2 = input[at + 16]!;
    const i3 = input[at + 24]!;
    const i4 = input[at + 32]!;
    const i5 = input[at + 40]!;
    const i6 = input[at + 48]!;
    const i7 = input[at + 56]!;
    const dc = Math.imul(input[at]!, table[c]!);
    if ((i1 | i2 | i3 | i4 | i5 | i6 | i7) === 0) {
      const value = dc << PASS_BITS;
      for (let k = c; k < 64; k += 8) work[k] = value;
      continue;
    }
    transform(
      dc,
      Math.imul(i1, table[c + 8]!),
      Math.imul(i2, table[c + 16]!),
      Math.imul(i3, table[c + 24]!),
      Math.imul(i4, table[c + 32]!),
      Math.imul(i5, table[c + 40]!),
      Math.imul(i6, table[c + 48]!),
      Math.imul(i7, table[c + 56]!),
    );
    const round = 1 << (CONSTANT_BITS - PASS_BITS - 1);
    for (let k = 0; k < 8; k++) work[c + 8 * k] = (result[k]! + round) >> (CONSTANT_BITS - PASS_BITS);
  }
  const shift = CONSTANT_BITS + PASS_BITS + 3;
  const round = (1 << (shift - 1)) + (128 << shift);
  for (let r = 0; r < 64; r += 8, to += stride) {
    transform(
      work[r]!,
      work[r + 1]!,
      work[r + 2]!,
      work[r + 3]!,
      work[r + 4]!,
      work[r + 5]!,
      work[r + 6]!,
      work[r + 7]!,
    );
    for (let k = 0; k < 8; k++) {
      const value = (result[k]! + round) >> shift;
      output[to + k] = Math.min(255, Math.max(0, value));
    }
  }
}

const result = new Int32Array(8);

/** Eight values into `result`, scaled up by 2^13. */
function transform(
  v0: number,
  v1: number,
  v2: number,
  v3: number,
  v4: number,
  v5: number,
  v6: number,
  v7: number,
): void {
  const even = Math.imul(v2 + v6, 4433);
  const e2 = (even - Math.imul(v6, 15137)) | 0;
  const e3 = (even + Math.imul(v2, 6270)) | 0;
  const e0 = (v0 + v4) << CONSTANT_BITS;
  const e1 = (v0 - v4) << CONSTANT_BITS;
  const z5 = Math.imul(v7 + v3 + v5 + v1, 9633);
  const z1 = Math.imul(v7 + v1, -7373);
  const z2 = Math.imul(v5 + v3, -20995);
  const z3 = (Math.imul(v7 + v3, -16069) + z5) | 0;
  const z4 = (Math.imul(v5 + v1, -3196) + z5) | 0;
  const o0 = (Math.imul(v7, 2446) + z1 + z3) | 0;
  const o1 = (Math.imul(v5, 16819) + z2 + z4) | 0;
  const o2 = (Math.imul(v3, 25172) + z2 + z3) | 0;
  const o3 = (Math.imul(v1, 12299) + z1 + z4) | 0;
  result[0] = e0 + e3 + o3;
  result[7] = e0 + e3 - o3;
  result[1] = e1 + e2 + o2;
  result[6] = e1 + e2 - o2;
  result[2] = e1 - e2 + o1;
  result[5] = e1 - e2 - o1;
  result[3] = e0 - e3 + o0;
  result[4] = e0 - e3 - o0;
}

import { corrupt } from "../faults.ts";
import type { Decoder } from "./decoder.ts";

const CLEAR = 256;
const END = 257;
const FIRST = 258;
const TABLE_SIZE = 4096;
const LONGEST_CODE = 12;

/** Strings longer than this are copied by the engine's memmove, shorter ones byte by byte. */
const LONG_STRING = 48;

/**
 * LZW as in TIFF 6.0, section 13, and the older form with codes from the low bit up, which its writers started with
 * a Clear code of the bytes 0x00 0x01.
 *
 * Each table entry is a place in the output: the string of a new code is the previous string and the byte after it,
 * which are neighbours in what has been written.
 */
export const lzw = {
  codes: [5],
  name: "LZW",
  predicts: true,
  nativeOrder: false,
  bitOrder: true,
  maximumExpansion: TABLE_SIZE,
  decode(input, { byteLength }) {
    const lowBitFirst = input.length > 1 && input[0] === 0 && (input[1]! & 1) === 1;
    const written = lowBitFirst ? decodeLowBitFirst(input, byteLength) : decodeHighBitFirst(input, byteLength);
    return written;
  },
} as const satisfies Decoder;

const starts = new Int32Array(TABLE_SIZE);
const lengths = new Int32Array(TABLE_SIZE);

function decodeHighBitFirst(input: Uint8Array, byteLength: number): Uint8Array {
  const output = new Uint8Array(byteLength);
  const inputLength = input.length;
  let from = 0;
  let to = 0;
  let bits = 0;
  let available = 0;
  let width = 9;
  let widen = 511;
  let next = FIRST;
  let previousStart = 0;
  let previousLength = 0;
  while (to < byteLength) {
    while (available < width) {
      if (from >= inputLength) throw endsEarly(to, byteLength);
      bits = (bits << 8) | input[from++]!;
      available += 8;
    }
    available -= width;
    const code = (bits >>> available) & ((1 << width) - 1);
    if (code < CLEAR) {
      output[to] = code;
      if (previousLength > 0 && next < TABLE_SIZE) {
        starts[next] = previousStart;
        lengths[next] = previousLength + 1;
        if (++next >= widen && width < LONGEST_CODE) widen = (1 << ++width) - 1;
      }
      previousStart = to++;
      previousLength = 1;
      continue;
    }
    if (code === CLEAR) {
      width = 9;
      widen = 511;
      next = FIRST;
      previousLength = 0;
      continue;
    }
    if (code === END) throw endsEarly(to, byteLength);
    if (previousLength === 0) throw corrupt("its LZW data begin with an impossible code");
    if (next < TABLE_SIZE) {
      starts[next] = previousStart;
      lengths[next] = previousLength + 1;
      if (++next >= widen && width < LONGEST_CODE) widen = (1 << ++width) - 1;
    }
    if (code >= next) throw corrupt("its LZW data use a code that was never defined");
    let source = starts[code]!;
    const length = lengths[code]!;
    previousStart = to;
    previousLength = length;
    const end = to + length < byteLength ? to + length : byteLength;
    if (length > LONG_STRING && source + length <= to) {
      output.copyWithin(to, source, source + (end - to));
      to = end;
    } else {
      while (to < end) output[to++] = output[source++]!;
    }
  }
  return output;
}

function decodeLowBitFirst(input: Uint8Array, byteLength: number): Uint8Array {
  const output = new Uint8Array(byteLength);
  let from = 0;
  let to = 0;
  let bits = 0;
  let available = 0;
  let width = 9;
  let next = FIRST;
  let previousStart = 0;
  let previousLength = 0;
  while (to < byteLength) {
    while (available < width) {
      if (from >= input.length) throw endsEarly(to, byteLength);
      bits |= input[from++]! << available;
      available += 8;
    }
    const code = bits & ((1 << width) - 1);
    bits >>>= width;
    available -= width;
    if (code === CLEAR) {
      width = 9;
      next = FIRST;
      previousLength = 0;
      continue;
    }
    if (code === END) throw endsEarly(to, byteLength);
    if (previousLength > 0 && next < TABLE_SIZE) {
      starts[next] = previousStart;
      lengths[next] = previousLength + 1;
      if (++next >= 1 << width && width < LONGEST_CODE) width++;
    }
    previousStart = to;
    previousLength = 1;
    if (code < CLEAR) {
      output[to++] = code;
      continue;
    }
    if (code >= next) throw corrupt("its LZW data use a code that was never defined");
    let source = starts[code]!;
    previousLength = lengths[code]!;
    const end = Math.min(byteLength, to + previousLength);
    while (to < end) output[to++] = output[source++]!;
  }
  return output;
}

const endsEarly = (done: number, expected: number) => corrupt(`its LZW data end after ${done} of ${expected} bytes`);

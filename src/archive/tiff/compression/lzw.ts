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
    return lowBitFirst ? decodeLowBitFirst(input, byteLength) : decodeHighBitFirst(input, byteLength);
  },
} as const satisfies Decoder;

/** Where each code's string begins in the output, and its length. */
const table = new Int32Array(2 * TABLE_SIZE);

function decodeHighBitFirst(input: Uint8Array, byteLength: number): Uint8Array {
  const output = new Uint8Array(byteLength);
  // Three bytes hold any code; behind the end there are zeros, and a check that nobody used them.
  const padded = new Uint8Array(input.length + 3);
  padded.set(input);
  const inputBits = input.length * 8;
  const strings = table;
  let bit = 0;
  let to = 0;
  let width = 9;
  let mask = 511;
  let next = FIRST;
  let previous = 0;
  let previousLength = 0;
  while (to < byteLength) {
    const at = bit >>> 3;
    const window = (padded[at]! << 16) | (padded[at + 1]! << 8) | padded[at + 2]!;
    const code = (window >>> (24 - width - (bit & 7))) & mask;
    bit += width;
    if (code < CLEAR) {
      if (bit > inputBits) throw endsEarly(to, byteLength);
      if (previousLength !== 0 && next < TABLE_SIZE) {
        strings[next << 1] = previous;
        strings[(next << 1) + 1] = previousLength + 1;
        if (++next === mask && width < LONGEST_CODE) mask = (1 << ++width) - 1;
      }
      previous = to;
      previousLength = 1;
      output[to++] = code;
      continue;
    }
    if (code <= END) {
      if (code === END || bit > inputBits) throw endsEarly(to, byteLength);
      width = 9;
      mask = 511;
      next = FIRST;
      previousLength = 0;
      continue;
    }
    if (previousLength === 0) throw corrupt("its LZW data begin with an impossible code");
    if (next < TABLE_SIZE) {
      strings[next << 1] = previous;
      strings[(next << 1) + 1] = previousLength + 1;
      if (++next === mask && width < LONGEST_CODE) mask = (1 << ++width) - 1;
    }
    if (code >= next || bit > inputBits) {
      throw bit > inputBits ? endsEarly(to, byteLength) : corrupt("its LZW data use a code that was never defined");
    }
    let source = strings[code << 1]!;
    const length = strings[(code << 1) + 1]!;
    previous = to;
    previousLength = length;
    const end = to + length < byteLength ? to + length : byteLength;
    if (length > LONG_STRING && source + length <= to) {
      output.copyWithin(to, source, source + (end - to));
      to = end;
    } else {
      do output[to++] = output[source++]!;
      while (to < end);
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
      table[next << 1] = previousStart;
      table[(next << 1) + 1] = previousLength + 1;
      if (++next >= 1 << width && width < LONGEST_CODE) width++;
    }
    previousStart = to;
    previousLength = 1;
    if (code < CLEAR) {
      output[to++] = code;
      continue;
    }
    if (code >= next) throw corrupt("its LZW data use a code that was never defined");
    let source = table[code << 1]!;
    previousLength = table[(code << 1) + 1]!;
    const end = Math.min(byteLength, to + previousLength);
    while (to < end) output[to++] = output[source++]!;
  }
  return output;
}

const endsEarly = (done: number, expected: number) => corrupt(`its LZW data end after ${done} of ${expected} bytes`);

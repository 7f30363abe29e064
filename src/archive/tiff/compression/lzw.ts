import { corrupt } from "../faults.ts";
import type { Decoder } from "./decoder.ts";

const CLEAR = 256;
const END = 257;
const FIRST = 258;
const LONGEST_CODE = 12;

/** Entries beyond the 4096th code are never made. */
const LAST_ENTRY = (1 << LONGEST_CODE) - FIRST;

/** Strings longer than this are copied by the engine's memmove, shorter ones byte by byte. */
const LONG_STRING = 48;

/**
 * LZW as in TIFF 6.0, section 13, and the older form with codes from the low bit up, whose writers started with a
 * Clear code of the bytes 0x00 0x01.
 *
 * The string table is the output itself. Each code after a Clear makes one entry: its own string and the byte that
 * follows. So it is enough to note where each code's string began: entry n reaches from there to the beginning of
 * the next string, inclusive.
 */
export const lzw = {
  codes: [5],
  name: "LZW",
  predicts: true,
  nativeOrder: false,
  bitOrder: true,
  maximumExpansion: 4096,
  decode(input, { byteLength }) {
    const lowBitFirst = input.length > 1 && input[0] === 0 && (input[1]! & 1) === 1;
    return lowBitFirst ? decodeLowBitFirst(input, byteLength) : decodeHighBitFirst(input, byteLength);
  },
} as const satisfies Decoder;

/** Zeros behind the input, so that a pair of bytes can be taken without asking whether both are there. */
const PADDING = 4;

/** Where the string of each code since the last Clear begins in the output. */
const starts = new Int32Array(LAST_ENTRY + 2);

function decodeHighBitFirst(input: Uint8Array, byteLength: number): Uint8Array {
  const output = new Uint8Array(byteLength);
  const padded = new Uint8Array(input.length + PADDING);
  padded.set(input);
  let from = 0;
  let bits = 0;
  let available = 0;
  let to = 0;
  let width = 9;
  let mask = 511;
  // Codes grow one entry early.
  let growAt = mask - FIRST;
  let count = 0;
  while (to < byteLength) {
    if (available < width) {
      if (from > input.length) throw endsEarly(to, byteLength);
      bits = (bits << 16) | (padded[from]! << 8) | padded[from + 1]!;
      from += 2;
      available += 16;
    }
    available -= width;
    const code = (bits >>> available) & mask;
    starts[count] = to;
    if (code < CLEAR) {
      output[to++] = code;
    } else if (code >= FIRST) {
      const entry = code - FIRST;
      if (entry >= count) throw undefinedCode();
      const source = starts[entry]!;
      let length = starts[entry + 1]! - source + 1;
      if (length > byteLength - to) length = byteLength - to;
      if (length > LONG_STRING && source + length <= to) {
        output.copyWithin(to, source, source + length);
      } else {
        // Most strings have two bytes or a few more.
        output[to] = output[source]!;
        for (let at = 1; at < length; at++) output[to + at] = output[source + at]!;
      }
      to += length;
    } else {
      if (code === END) throw endsEarly(to, byteLength);
      width = 9;
      mask = 511;
      growAt = mask - FIRST;
      count = 0;
      continue;
    }
    if (count === growAt && width < LONGEST_CODE) {
      mask = (1 << ++width) - 1;
      growAt = mask - FIRST;
    }
    if (count <= LAST_ENTRY) count++;
  }
  // Zeros from behind the end must not have passed for codes.
  if (from * 8 - available > input.length * 8) throw endsEarly(to, byteLength);
  return output;
}

function decodeLowBitFirst(input: Uint8Array, byteLength: number): Uint8Array {
  const output = new Uint8Array(byteLength);
  let from = 0;
  let bits = 0;
  let available = 0;
  let to = 0;
  let width = 9;
  let count = 0;
  while (to < byteLength) {
    while (available < width) {
      if (from >= input.length) throw endsEarly(to, byteLength);
      bits |= input[from++]! << available;
      available += 8;
    }
    const code = bits & ((1 << width) - 1);
    bits >>>= width;
    available -= width;
    if (code === END) throw endsEarly(to, byteLength);
    if (code === CLEAR) {
      width = 9;
      count = 0;
      continue;
    }
    starts[count] = to;
    if (code < CLEAR) {
      output[to++] = code;
    } else {
      const entry = code - FIRST;
      if (entry >= count) throw undefinedCode();
      let source = starts[entry]!;
      const end = Math.min(byteLength, to + starts[entry + 1]! - source + 1);
      while (to < end) output[to++] = output[source++]!;
    }
    if (count + FIRST === 1 << width && width < LONGEST_CODE) width++;
    if (count <= LAST_ENTRY) count++;
  }
  return output;
}

const endsEarly = (done: number, expected: number) => corrupt(`its LZW data end after ${done} of ${expected} bytes`);
const undefinedCode = () => corrupt("its LZW data use a code that was never defined");

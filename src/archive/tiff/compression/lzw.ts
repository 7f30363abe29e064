import { corrupt } from "../faults.ts";
import type { Decoder } from "./decoder.ts";

const CLEAR = 256;
const END = 257;
const LONGEST_CODE = 12;
const TABLE_SIZE = 1 << LONGEST_CODE;

/** The output is preceded by the 256 bytes that codes below 256 stand for, so that these are strings like others. */
const LITERALS = Uint8Array.from({ length: 256 }, (_, value) => value);

/** Strings of up to this many bytes are copied without a loop: nearly all are that short, and none is empty. */
const SHORT_STRING = 4;

/** Zeros behind the input, so that a pair of bytes can be taken without asking whether both are there. */
const PADDING = 4;

/** Each code's string: where it begins in the (preceded) output, and its length. The last place takes what is lost. */
const starts = Int32Array.from({ length: TABLE_SIZE + 1 }, (_, code) => code);
const lengths = new Int32Array(TABLE_SIZE + 1).fill(1, 0, CLEAR);

/**
 * LZW as in TIFF 6.0, section 13, and the older form with codes from the low bit up, whose writers started with a
 * Clear code of the bytes 0x00 0x01.
 *
 * A new code's string is the previous string and the byte after it, which are neighbours in the output: so the table
 * consists of places in the output, and nothing is copied into it.
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

/** Where a decoding stands between two Clear codes. */
interface Progress {
  /** Bits taken from the input. */
  bit: number;
  /** Bytes in the output, the preceding 256 included. */
  to: number;
}

function decodeHighBitFirst(input: Uint8Array, byteLength: number): Uint8Array {
  const output = new Uint8Array(CLEAR + byteLength + SHORT_STRING);
  output.set(LITERALS);
  const padded = new Uint8Array(input.length + PADDING);
  padded.set(input);
  const progress = { bit: 0, to: CLEAR };
  while (progress.to < CLEAR + byteLength) {
    const ended = decodeToClear(padded, output, progress, starts, lengths);
    // Zeros from behind the end must not pass for codes.
    if (ended || progress.bit > input.length * 8) throw endsEarly(progress.to - CLEAR, byteLength);
  }
  return output.subarray(CLEAR, CLEAR + byteLength);
}

/**
 * Decodes up to the next Clear code, or to the output's or input's end. A function of its own, because it is called
 * often enough to be optimised as a whole.
 * @returns whether the data's end was reached
 */
function decodeToClear(
  padded: Uint8Array,
  output: Uint8Array,
  progress: Progress,
  places: Int32Array,
  sizes: Int32Array,
): boolean {
  const outputEnd = output.length - SHORT_STRING;
  const lastPair = padded.length - 2;
  let from = progress.bit >>> 3;
  let bits = padded[from++]!;
  let available = 8 - (progress.bit & 7);
  let to = progress.to;
  let width = 9;
  let mask = 511;
  // The code that the previous string and the byte to come will get; none (a place never used) after a Clear.
  let next = END;
  let previous = 0;
  let previousLength = 0;
  let ended = false;
  while (to < outputEnd) {
    if (available < width) {
      if (from > lastPair) {
        ended = true;
        break;
      }
      bits = (bits << 16) | (padded[from]! << 8) | padded[from + 1]!;
      from += 2;
      available += 16;
    }
    available -= width;
    const code = (bits >>> available) & mask;
    if (code === CLEAR || code === END) {
      ended = code === END;
      break;
    }
    places[next] = previous;
    sizes[next] = previousLength + 1;
    if (code > next) throw undefinedCode();
    const source = places[code]!;
    const length = sizes[code]!;
    output[to] = output[source]!;
    output[to + 1] = output[source + 1]!;
    output[to + 2] = output[source + 2]!;
    output[to + 3] = output[source + 3]!;
    if (length > SHORT_STRING) {
      const end = Math.min(length, outputEnd - to);
      for (let at = SHORT_STRING; at < end; at++) output[to + at] = output[source + at]!;
    }
    previous = to;
    previousLength = length;
    to += length;
    if (next < TABLE_SIZE) next++;
    // Codes grow one entry early.
    if (next >= mask && width < LONGEST_CODE) {
      width++;
      mask = (1 << width) - 1;
    }
  }
  progress.bit = from * 8 - available;
  progress.to = Math.min(to, outputEnd);
  return ended;
}

function decodeLowBitFirst(input: Uint8Array, byteLength: number): Uint8Array {
  const output = new Uint8Array(CLEAR + byteLength);
  output.set(LITERALS);
  const outputEnd = CLEAR + byteLength;
  let from = 0;
  let bits = 0;
  let available = 0;
  let to = CLEAR;
  let width = 9;
  let next = END;
  let previous = 0;
  let previousLength = 0;
  while (to < outputEnd) {
    while (available < width) {
      if (from >= input.length) throw endsEarly(to - CLEAR, byteLength);
      bits |= input[from++]! << available;
      available += 8;
    }
    const code = bits & ((1 << width) - 1);
    bits >>>= width;
    available -= width;
    if (code === END) throw endsEarly(to - CLEAR, byteLength);
    if (code === CLEAR) {
      width = 9;
      next = END;
      continue;
    }
    starts[next] = previous;
    lengths[next] = previousLength + 1;
    if (code > next) throw undefinedCode();
    let source = starts[code]!;
    previous = to;
    previousLength = lengths[code]!;
    const end = Math.min(outputEnd, to + previousLength);
    while (to < end) output[to++] = output[source++]!;
    if (next < TABLE_SIZE) next++;
    if (next >= 1 << width && width < LONGEST_CODE) width++;
  }
  return output.subarray(CLEAR);
}

const endsEarly = (done: number, expected: number) =>
  corrupt(`its LZW data end after ${done} of ${expected} bytes`);
const undefinedCode = () => corrupt("its LZW data use a code that was never defined");

import type { BufferPool } from "../buffer-pool.ts";
import { corrupt } from "../faults.ts";
import type { Decoder } from "./decoder.ts";
import { PADDING, withPadding } from "./padded.ts";

const CLEAR = 256;
const END = 257;
const LONGEST_CODE = 12;
const TABLE_SIZE = 1 << LONGEST_CODE;

/** The bytes that codes below 256 stand for; they precede the output, so that these are strings like others. */
const LITERALS = Uint8Array.from({ length: CLEAR }, (_, value) => value);

/** Strings are copied in steps of this many bytes, and nearly all are no longer; what is too much is overwritten. */
const STEP = 4;

/** Bits are counted in 32-bit integers. */
const MOST_BITS = 0x7fffff00;

/** Lengths from this on don't fit beside their place. */
const LONG = 255;

/**
 * Each code's string: where it begins (counted from the literals) in the upper 24 bits, its length in the lower 8. No
 * place is too far: without a Clear code, what is entered into the table spans 8 MB at most. The last entry takes what
 * is lost.
 */
const strings = Int32Array.from({ length: TABLE_SIZE + 1 }, (_, code) => (code << 8) | 1);
/** The lengths of long strings. */
const longLengths = new Int32Array(TABLE_SIZE + 1);

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
  decode: (input, { byteLength }, _, memory) => decodeLzw(input, byteLength, memory),
} as const satisfies Decoder;

/** @param memory where room for the result is taken from */
export function decodeLzw(input: Uint8Array, byteLength: number, memory: BufferPool): Uint8Array {
  const lowBitFirst = input.length > 1 && input[0] === 0 && (input[1]! & 1) === 1;
  return lowBitFirst
    ? decodeLowBitFirst(input, byteLength)
    : decodeHighBitFirst(input, byteLength, memory.take(CLEAR + byteLength + STEP));
}

/** Where a decoding stands between two Clear codes. */
interface Progress {
  /** Bits taken from the input. */
  bit: number;
  /** Bytes in the output, the preceding 256 included. */
  to: number;
}

function decodeHighBitFirst(input: Uint8Array, byteLength: number, output: Uint8Array): Uint8Array {
  const source = withPadding(input);
  const target = new DataView(output.buffer, output.byteOffset, output.length);
  const covered = new Uint8Array(CLEAR);
  const progress = { bit: 0, to: CLEAR };
  while (progress.to < CLEAR + byteLength) {
    const literals = progress.to - CLEAR;
    covered.set(output.subarray(literals, progress.to));
    output.set(LITERALS, literals);
    const ended = decodeToClear(source, target, progress, strings, longLengths);
    output.set(covered, literals);
    // What lies behind the end must not pass for codes.
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
  input: DataView,
  output: DataView,
  progress: Progress,
  table: Int32Array,
  long: Int32Array,
): boolean {
  const outputEnd = output.byteLength - STEP;
  // Bits are counted from here: from the beginning they might be too many for 32-bit integers.
  const inputStart = Math.floor(progress.bit / 8);
  const inputBits = (input.byteLength - PADDING - inputStart) * 8;
  const lastBit = Math.min(inputBits, MOST_BITS);
  const literals = progress.to - CLEAR;
  let bit = progress.bit % 8;
  let to = progress.to;
  let width = 9;
  let limit = 511;
  // The code that the previous string and the byte to come will get; none (an entry never used) after a Clear.
  let next = END;
  let previous = 0;
  let previousLength = 0;
  let ended = false;
  while (to < outputEnd) {
    if (bit >= lastBit) {
      ended = true;
      break;
    }
    const code = (input.getInt32(inputStart + (bit >>> 3)) << (bit & 7)) >>> (32 - width);
    bit += width;
    if (code === CLEAR || code === END) {
      ended = code === END;
      break;
    }
    if (previousLength < LONG - 1) table[next] = (previous << 8) | (previousLength + 1);
    else {
      table[next] = (previous << 8) | LONG;
      long[next] = previousLength + 1;
    }
    previous = to - literals;
    if (code < next) {
      const entry = table[code]!;
      const source = literals + (entry >>> 8);
      previousLength = entry & 255;
      output.setInt32(to, output.getInt32(source, true), true);
      if (previousLength > STEP) {
        if (previousLength === LONG) previousLength = long[code]!;
        const end = Math.min(previousLength, outputEnd - to);
        for (let at = STEP; at < end; at += STEP)
          output.setInt32(to + at, output.getInt32(source + at, true), true);
      }
    } else {
      if (code > next) throw undefinedCode();
      // The string that is being defined: it ends with its own first byte.
      const source = to - previousLength;
      previousLength++;
      const end = Math.min(previousLength, outputEnd - to);
      for (let at = 0; at < end; at++) output.setUint8(to + at, output.getUint8(source + at));
    }
    to += previousLength;
    if (next < TABLE_SIZE) next++;
    // Codes grow one entry early.
    if (next >= limit && width < LONGEST_CODE) {
      width++;
      limit = (1 << width) - 1;
    }
  }
  progress.bit = inputStart * 8 + bit;
  progress.to = Math.min(to, outputEnd);
  return ended;
}

/** The older form is rare and may take its time. */
function decodeLowBitFirst(input: Uint8Array, byteLength: number): Uint8Array {
  const starts = Int32Array.from({ length: TABLE_SIZE + 1 }, (_, code) => code);
  const lengths = new Int32Array(TABLE_SIZE + 1).fill(1, 0, CLEAR);
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

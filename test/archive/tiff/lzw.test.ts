import { expect, test } from "vitest";
import { BufferPool } from "../../../src/archive/tiff/buffer-pool.ts";
import { decodeLzw } from "../../../src/archive/tiff/compression/lzw.ts";
import { encodeLzw } from "./lzw-encoder.ts";

/** Reproducible bytes of differing compressibility: small alphabets give long strings, 256 values fill the table. */
function bytes(length: number, alphabet: number, seed: number): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 16) % alphabet;
  });
}

const memory = new BufferPool();

function decode(input: Uint8Array, byteLength: number) {
  return decodeLzw(input, byteLength, memory);
}

test.each([
  [1, 1],
  [2, 256],
  [60_000, 1],
  [60_000, 2],
  [60_000, 5],
  [60_000, 256],
])("%i bytes of %i values come back, in both bit orders", (length, alphabet) => {
  const raw = bytes(length, alphabet, length + alphabet);
  for (const lowBitFirst of [false, true]) {
    expect(Buffer.compare(decode(encodeLzw(raw, lowBitFirst), length), raw)).toBe(0);
  }
});

test("strings of hundreds of bytes", () => {
  // A new string is one byte longer than the last one as long as the bytes repeat.
  const raw = new Uint8Array(400_000);
  for (let at = 330_000; at < raw.length; at++) raw[at] = (at * at) >> 7;
  expect(Buffer.compare(decode(encodeLzw(raw, false), raw.length), raw)).toBe(0);
});

test("clears at other places than the full table", () => {
  const raw = bytes(30_000, 40, 3);
  for (const clearAt of [259, 510, 511, 512, 1023, 2047, 4000]) {
    expect(Buffer.compare(decode(encodeLzw(raw, false, clearAt), raw.length), raw)).toBe(0);
  }
});

test("fewer bytes than the stream holds are its beginning", () => {
  const raw = bytes(5000, 7, 1);
  expect(Buffer.compare(decode(encodeLzw(raw, false), 1234), raw.subarray(0, 1234))).toBe(0);
});

test.each([false, true])("every truncation is refused (low bit first: %s)", (lowBitFirst) => {
  const raw = bytes(700, 16, 2);
  const encoded = encodeLzw(raw, lowBitFirst);
  // The last two bytes may hold the end code and padding only.
  for (let length = 0; length < encoded.length - 3; length++) {
    expect(() => decode(encoded.subarray(0, length), raw.length), `${length} bytes`).toThrow(/LZW data/);
  }
});

test("a code that was never defined is refused", () => {
  // Clear, then code 300.
  const bits = (256).toString(2).padStart(9, "0") + (300).toString(2).padStart(9, "0");
  const input = Uint8Array.from(bits.padEnd(24, "0").match(/.{8}/g)!, (byte) => Number.parseInt(byte, 2));
  expect(() => decode(input, 10)).toThrow("never defined");
});

import { corrupt } from "./faults.ts";
import { SAMPLE_FORMAT } from "./layout.ts";

/**
 * Undoes horizontal differencing (Predictor 2; TIFF 6.0, section 14) in place.
 * @param bytes rows in this machine's byte order
 * @param stride samples per pixel in these rows
 */
export function undoDifferences(bytes: Uint8Array, rowBytes: number, stride: number, bits: number): void {
  switch (bits) {
    case 8:
      accumulate(bytes, rowBytes, stride);
      break;
    case 16:
      accumulate(new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length >> 1), rowBytes >> 1, stride);
      break;
    case 32:
      accumulate(new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2), rowBytes >> 2, stride);
      break;
    case 64:
      accumulate64(new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2), rowBytes >> 2, stride);
      break;
    default:
      throw corrupt(`horizontal differencing is not defined for samples of ${bits} bits`);
  }
}

function accumulate(values: Uint8Array | Uint16Array | Uint32Array, row: number, stride: number): void {
  if (stride === 4) accumulateFour(values, row);
  else if (stride === 3) accumulateThree(values, row);
  else if (stride === 1) accumulateOne(values, row);
  else {
    for (let start = 0; start + row <= values.length; start += row) {
      for (let at = start + stride; at < start + row; at++) values[at] = values[at]! + values[at - stride]!;
    }
  }
}

// The usual numbers of bands keep their sums in registers. Arrays take the low bits of a sum, so none needs a mask.

function accumulateOne(values: Uint8Array | Uint16Array | Uint32Array, row: number): void {
  for (let start = 0; start + row <= values.length; start += row) {
    let sum = 0;
    for (let at = start; at < start + row; at++) {
      sum = (sum + values[at]!) | 0;
      values[at] = sum;
    }
  }
}

function accumulateThree(values: Uint8Array | Uint16Array | Uint32Array, row: number): void {
  for (let start = 0; start + row <= values.length; start += row) {
    let a = 0;
    let b = 0;
    let c = 0;
    for (let at = start; at < start + row; at += 3) {
      a = (a + values[at]!) | 0;
      b = (b + values[at + 1]!) | 0;
      c = (c + values[at + 2]!) | 0;
      values[at] = a;
      values[at + 1] = b;
      values[at + 2] = c;
    }
  }
}

function accumulateFour(values: Uint8Array | Uint16Array | Uint32Array, row: number): void {
  for (let start = 0; start + row <= values.length; start += row) {
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let at = start; at < start + row; at += 4) {
      a = (a + values[at]!) | 0;
      b = (b + values[at + 1]!) | 0;
      c = (c + values[at + 2]!) | 0;
      d = (d + values[at + 3]!) | 0;
      values[at] = a;
      values[at + 1] = b;
      values[at + 2] = c;
      values[at + 3] = d;
    }
  }
}

/** 64-bit sums from 32-bit halves (low half first): an order of magnitude faster than BigInt. */
function accumulate64(words: Uint32Array, row: number, stride: number): void {
  for (let start = 0; start + row <= words.length; start += row) {
    for (let at = start + 2 * stride; at < start + row; at += 2) {
      const low = words[at]! + words[at - 2 * stride]!;
      words[at] = low;
      words[at + 1] = words[at + 1]! + words[at + 1 - 2 * stride]! + (low > 0xffffffff ? 1 : 0);
    }
  }
}

/**
 * Undoes the floating point predictor (Predictor 3; Adobe Photoshop TIFF Technical Note 3) into this machine's byte
 * order: each row holds byte planes, the most significant first, differenced byte by byte.
 */
export function undoFloatingPoint(
  bytes: Uint8Array,
  rowBytes: number,
  stride: number,
  bits: number,
  format: number,
): void {
  if (format !== SAMPLE_FORMAT.float || ![16, 24, 32, 64].includes(bits)) {
    throw corrupt(`the floating point predictor is not defined for these samples of ${bits} bits`);
  }
  const size = bits >> 3;
  const count = Math.floor(rowBytes / size);
  const row = new Uint8Array(rowBytes);
  for (let start = 0; start + rowBytes <= bytes.length; start += rowBytes) {
    for (let at = start + stride; at < start + rowBytes; at++) bytes[at] = bytes[at]! + bytes[at - stride]!;
    row.set(bytes.subarray(start, start + rowBytes));
    for (let byte = 0; byte < size; byte++) {
      const plane = (size - 1 - byte) * count;
      let to = start + byte;
      for (let index = 0; index < count; index++, to += size) bytes[to] = row[plane + index]!;
    }
  }
}

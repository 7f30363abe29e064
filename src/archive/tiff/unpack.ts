import type { SampleArray, SampleType } from "../../shared/raster.ts";
import { SAMPLE_FORMAT } from "./layout.ts";

const CONSTRUCTORS = {
  uint8: Uint8Array,
  int8: Int8Array,
  uint16: Uint16Array,
  int16: Int16Array,
  uint32: Uint32Array,
  int32: Int32Array,
  uint64: BigUint64Array,
  int64: BigInt64Array,
  float32: Float32Array,
  float64: Float64Array,
} as const;

/** A zeroed array of `length` samples. */
export function sampleArray(dtype: SampleType, length: number): SampleArray {
  return new CONSTRUCTORS[dtype](length);
}

/** From this size on, zeroing an array before it is overwritten takes longer than it is worth. */
const ZEROING_COSTS_BYTES = 1 << 20;

/** An array whose content is arbitrary where it is large: for those who write every sample of it. */
export function unsetSampleArray(dtype: SampleType, length: number): SampleArray {
  const Type = CONSTRUCTORS[dtype];
  const bytes = length * Type.BYTES_PER_ELEMENT;
  if (bytes < ZEROING_COSTS_BYTES) return new Type(length);
  return new Type(Buffer.allocUnsafeSlow(bytes).buffer, 0, length);
}

/** The bytes as samples: a view where the alignment allows it, otherwise a copy. */
export function viewSamples(bytes: Uint8Array, dtype: SampleType): SampleArray {
  const Type = CONSTRUCTORS[dtype];
  const width = Type.BYTES_PER_ELEMENT;
  const aligned =
    bytes.byteOffset % width === 0 && bytes.buffer instanceof ArrayBuffer ? bytes : bytes.slice();
  return new Type(aligned.buffer as ArrayBuffer, aligned.byteOffset, Math.floor(aligned.byteLength / width));
}

/**
 * Turns packed rows (each beginning at a whole byte) into one array of samples, row by row.
 * @param bytes in this machine's byte order for 16, 32 and 64 bits and for floats of 24; other widths are packed from
 *   the high bit down, whatever the file's byte order, as GDAL reads them
 * @param perRow samples in one row
 */
export function unpackSamples(
  bytes: Uint8Array,
  perRow: number,
  rows: number,
  bits: number,
  format: number,
  dtype: SampleType,
): SampleArray {
  const float = format === SAMPLE_FORMAT.float;
  if (bits === 16 && float) return halfFloats(bytes);
  if (bits === 24 && float) return threeByteFloats(bytes);
  if (bits === 8 || bits === 16 || bits === 32 || bits === 64) return viewSamples(bytes, dtype);
  if (bits === 24) return threeByteNumbers(bytes);
  const output =
    bits < 8
      ? new Uint8Array(perRow * rows)
      : bits < 16
        ? new Uint16Array(perRow * rows)
        : new Uint32Array(perRow * rows);
  const rowBytes = Math.ceil((perRow * bits) / 8);
  for (let row = 0; row < rows; row++) unpackRow(bytes, row * rowBytes, output, row * perRow, perRow, bits);
  return output;
}

function unpackRow(
  bytes: Uint8Array,
  from: number,
  output: Uint8Array | Uint16Array | Uint32Array,
  to: number,
  count: number,
  bits: number,
): void {
  // At most 31 + 7 bits are pending, which doubles hold exactly and 32-bit shifts do not.
  const unit = 2 ** bits;
  let pending = 0;
  let available = 0;
  if (bits <= 16) {
    const mask = unit - 1;
    for (let index = 0; index < count; index++) {
      while (available < bits) {
        pending = ((pending & 0xffff) << 8) | bytes[from++]!;
        available += 8;
      }
      available -= bits;
      output[to + index] = (pending >>> available) & mask;
    }
    return;
  }
  for (let index = 0; index < count; index++) {
    while (available < bits) {
      pending = pending * 256 + bytes[from++]!;
      available += 8;
    }
    available -= bits;
    const scale = 2 ** available;
    const value = Math.floor(pending / scale);
    output[to + index] = value;
    pending -= value * scale;
  }
}

function threeByteNumbers(bytes: Uint8Array): Uint32Array {
  const output = new Uint32Array(Math.floor(bytes.length / 3));
  for (let index = 0, at = 0; index < output.length; index++, at += 3) {
    output[index] = (bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!;
  }
  return output;
}

/** IEEE 754 binary16. */
function halfFloats(bytes: Uint8Array): Float32Array {
  const halves = viewSamples(bytes, "uint16") as Uint16Array;
  return smallFloats(halves.length, (index) => halves[index]!, 5, 10);
}

/** One sign bit, 7 bits of exponent, 16 of mantissa. */
function threeByteFloats(bytes: Uint8Array): Float32Array {
  const bitsAt = (index: number) =>
    bytes[3 * index]! | (bytes[3 * index + 1]! << 8) | (bytes[3 * index + 2]! << 16);
  return smallFloats(Math.floor(bytes.length / 3), bitsAt, 7, 16);
}

function smallFloats(
  count: number,
  bitsAt: (index: number) => number,
  exponentBits: number,
  mantissaBits: number,
): Float32Array {
  const output = new Float32Array(count);
  const words = new Uint32Array(output.buffer);
  const maximum = (1 << exponentBits) - 1;
  const bias = maximum >> 1;
  const mantissaMask = (1 << mantissaBits) - 1;
  for (let index = 0; index < count; index++) {
    const value = bitsAt(index);
    const sign = (value >>> (exponentBits + mantissaBits)) & 1;
    const exponent = (value >>> mantissaBits) & maximum;
    const mantissa = value & mantissaMask;
    if (exponent === 0) {
      output[index] = (sign ? -1 : 1) * mantissa * 2 ** (1 - bias - mantissaBits);
    } else {
      const widened = exponent === maximum ? 255 : exponent - bias + 127;
      words[index] = ((sign << 31) | (widened << 23) | (mantissa << (23 - mantissaBits))) >>> 0;
    }
  }
  return output;
}

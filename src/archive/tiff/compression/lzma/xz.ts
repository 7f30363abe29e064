import { corrupt, unsupported } from "../../faults.ts";
import { LzmaDecoder } from "./lzma.ts";

const MAGIC = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00];
const STREAM_HEADER_BYTES = 12;
/** Bytes of a block's checksum, by the kind that the stream's header names. */
const CHECK_BYTES = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64] as const;

const FILTER = { delta: 0x03, lzma2: 0x21 } as const;

/**
 * The first `byteLength` bytes of an .xz stream (The .xz File Format, version 1.1) with the filters LZMA2 and Delta,
 * the ones that libtiff uses. Checksums are not looked at.
 */
export function decodeXz(input: Uint8Array, byteLength: number): Uint8Array {
  if (input.length < STREAM_HEADER_BYTES || MAGIC.some((byte, at) => input[at] !== byte))
    throw corrupt("its LZMA data do not begin like an .xz stream");
  const checkBytes = CHECK_BYTES[input[7]! & 15]!;
  const output = new Uint8Array(byteLength);
  const decoder = new LzmaDecoder(input, output);
  let at = STREAM_HEADER_BYTES;
  while (!decoder.isFull) {
    // A size of 0 is the index, which follows the last block.
    if (at >= input.length || input[at] === 0) throw endsEarly(decoder.length, byteLength);
    const headerBytes = (input[at]! + 1) * 4;
    const delta = readFilters(input.subarray(at, at + headerBytes));
    const first = decoder.length;
    const dataEnd = decodeLzma2(input, at + headerBytes, decoder, byteLength);
    undoDelta(output, first, decoder.length, delta);
    at += Math.ceil((dataEnd - at) / 4) * 4 + checkBytes;
  }
  return output;
}

const endsEarly = (done: number, expected: number) =>
  corrupt(`its LZMA data hold ${done} of ${expected} bytes`);

/** The distance of the Delta filter, 0 without one. */
function readFilters(header: Uint8Array): number {
  let at = 2;
  const number = () => {
    let value = 0;
    for (let shift = 0; shift < 63; shift += 7) {
      const byte = header[at++] ?? 0;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
    }
    return value;
  };
  const flags = header[1] ?? 0;
  if ((flags & 0x40) !== 0) number();
  if ((flags & 0x80) !== 0) number();
  let delta = 0;
  for (let filter = 0; filter <= (flags & 3); filter++) {
    const id = number();
    const size = number();
    const isLast = filter === (flags & 3);
    if (id === FILTER.delta && !isLast && delta === 0) delta = (header[at] ?? 0) + 1;
    else if (id !== FILTER.lzma2 || !isLast)
      throw unsupported("LZMA data with further filters are not supported");
    at += size;
  }
  return delta;
}

/** Decodes chunks up to the end mark, or until the output is full. Returns the position behind them. */
function decodeLzma2(input: Uint8Array, start: number, decoder: LzmaDecoder, byteLength: number): number {
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
  let at = start;
  while (!decoder.isFull) {
    const control = input[at++];
    if (control === undefined) throw endsEarly(decoder.length, byteLength);
    if (control === 0) return at;
    const isPacked = control >= 0x80;
    const hasProperties = control >= 0xc0;
    const headBytes = isPacked ? (hasProperties ? 5 : 4) : 2;
    if (at + headBytes > input.length) throw endsEarly(decoder.length, byteLength);
    if (control === 1 || control >= 0xe0) decoder.forgetDictionary();
    if (!isPacked) {
      if (control > 2) throw corrupt("its LZMA data have an unknown kind of chunk");
      const length = view.getUint16(at) + 1;
      at += headBytes;
      if (at + length > input.length) throw endsEarly(decoder.length, byteLength);
      decoder.copy(input.subarray(at, at + length));
      at += length;
      continue;
    }
    const length = ((control & 0x1f) << 16) + view.getUint16(at) + 1;
    const packed = view.getUint16(at + 2) + 1;
    if (hasProperties) decoder.setProperties(input[at + 4]!);
    if (control >= 0xa0) decoder.resetState();
    at += headBytes;
    decoder.decode(at, Math.min(input.length, at + packed), length);
    at += packed;
  }
  return at;
}

/** Each byte is the difference to the one so far before it. */
function undoDelta(bytes: Uint8Array, from: number, to: number, distance: number): void {
  if (distance === 0) return;
  for (let at = from + distance; at < to; at++) bytes[at] = bytes[at]! + bytes[at - distance]!;
}

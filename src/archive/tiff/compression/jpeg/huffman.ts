import { corrupt } from "../../faults.ts";

/** Codes up to this length are looked up in one step. */
const LOOKUP_BITS = 9;

/** A Huffman table (ITU-T T.81, annexes C and F.2.2.3), prepared for decoding. */
export interface HuffmanTable {
  /** For each prefix of LOOKUP_BITS: `length << 8 | symbol`, or 0 for longer codes. */
  readonly lookup: Uint16Array;
  /** For each length: the largest code, or -1. */
  readonly largest: Int32Array;
  /** For each length: what turns a code into an index of `symbols`. */
  readonly delta: Int32Array;
  readonly symbols: Uint8Array;
}

/** @param counts number of codes of each length from 1 to 16 */
export function buildHuffmanTable(counts: Uint8Array, symbols: Uint8Array): HuffmanTable {
  const lookup = new Uint16Array(1 << LOOKUP_BITS);
  const largest = new Int32Array(18).fill(-1);
  const delta = new Int32Array(18);
  let code = 0;
  let index = 0;
  for (let length = 1; length <= 16; length++) {
    const count = counts[length - 1]!;
    delta[length] = index - code;
    for (let each = 0; each < count; each++, code++, index++) {
      if (code >= 1 << length) throw corrupt("its JPEG data have an impossible Huffman table");
      if (length > LOOKUP_BITS) continue;
      const start = code << (LOOKUP_BITS - length);
      lookup.fill((length << 8) | symbols[index]!, start, start + (1 << (LOOKUP_BITS - length)));
    }
    if (count > 0) largest[length] = code - 1;
    code <<= 1;
  }
  return { lookup, largest, delta, symbols };
}

/** Reads the entropy-coded bits of one scan, up to the next marker. */
export class BitReader {
  readonly #bytes: Uint8Array;
  /** The next byte to take; at a marker once all bits are used. */
  position: number;
  #bits = 0;
  #available = 0;
  /** How many of the available bits are padding behind the data's end. */
  #padding = 0;

  constructor(bytes: Uint8Array, position: number) {
    this.#bytes = bytes;
    this.position = position;
  }

  #fill(): void {
    const bytes = this.#bytes;
    while (this.#available <= 16) {
      let next = 0;
      const byte = bytes[this.position];
      if (byte === undefined || (byte === 0xff && bytes[this.position + 1] !== 0)) {
        this.#padding += 8;
        if (this.#padding > 64) throw corrupt("its JPEG data end early");
      } else {
        next = byte;
        this.position += byte === 0xff ? 2 : 1;
      }
      this.#bits = ((this.#bits & 0xffff) << 8) | next;
      this.#available += 8;
    }
  }

  #take(count: number): void {
    this.#available -= count;
    if (this.#available < this.#padding) throw corrupt("its JPEG data end early");
  }

  /** `count` bits, at most 16, as an unsigned number. */
  bits(count: number): number {
    if (count === 0) return 0;
    if (this.#available < count) this.#fill();
    const value = (this.#bits >>> (this.#available - count)) & ((1 << count) - 1);
    this.#take(count);
    return value;
  }

  /** `count` bits as a signed difference or coefficient (T.81, F.2.2.1, EXTEND). */
  signed(count: number): number {
    if (count === 0) return 0;
    const value = this.bits(count);
    return value < 1 << (count - 1) ? value - (1 << count) + 1 : value;
  }

  symbol(table: HuffmanTable): number {
    if (this.#available < 16) this.#fill();
    const found = table.lookup[(this.#bits >>> (this.#available - LOOKUP_BITS)) & ((1 << LOOKUP_BITS) - 1)]!;
    if (found !== 0) {
      this.#take(found >>> 8);
      return found & 255;
    }
    for (let length = LOOKUP_BITS + 1; length <= 16; length++) {
      const code = (this.#bits >>> (this.#available - length)) & ((1 << length) - 1);
      if (code <= table.largest[length]!) {
        this.#take(length);
        return table.symbols[code + table.delta[length]!]!;
      }
    }
    throw corrupt("its JPEG data use an undefined Huffman code");
  }

  /** Drops the rest of the current byte and steps over a restart marker, which has to be the expected one. */
  restart(expected: number): void {
    this.#bits = 0;
    this.#available = 0;
    this.#padding = 0;
    const bytes = this.#bytes;
    while (bytes[this.position] === 0xff && bytes[this.position + 1] === 0xff) this.position++;
    if (bytes[this.position] !== 0xff || bytes[this.position + 1] !== 0xd0 + expected) {
      throw corrupt("its JPEG data lack a restart marker");
    }
    this.position += 2;
  }
}

import { corrupt } from "../../faults.ts";
import type { CodeTable } from "./codes.ts";

/** Reads bits from the high one down. Behind the data's end lie zeros, but nothing may be taken that ends there. */
export class FaxBitReader {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  /** Bits taken so far. */
  position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#end = bytes.length * 8;
  }

  /** The next `count` bits, at most 16, without taking them. */
  peek(count: number): number {
    const bytes = this.#bytes;
    const at = this.position >>> 3;
    const three = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    return (three >>> (24 - (this.position & 7) - count)) & ((1 << count) - 1);
  }

  take(count: number): void {
    this.position += count;
    if (this.position > this.#end) throw corrupt("its CCITT data end early");
  }

  /** Takes a code and returns its table entry; bits that are no code (an entry of 0) are left. */
  code(table: CodeTable): number {
    if (this.position >= this.#end) throw corrupt("its CCITT data end early");
    const entry = table.entries[this.peek(table.bits)]!;
    this.take(entry & 15);
    return entry;
  }

  /** Goes to a multiple of so many bits. */
  align(bits: number): void {
    this.position = Math.ceil(this.position / bits) * bits;
  }

  /** Steps over everything up to an end of line: at least eleven zeros. The zeros are left. */
  findEndOfLine(): void {
    while (this.peek(11) !== 0) this.take(1);
  }

  /** Steps over zeros and the one behind them. */
  skipEndOfLine(): void {
    while (this.peek(1) === 0) this.take(1);
    this.take(1);
  }
}

import { corrupt } from "../../faults.ts";

/** Probabilities are fractions of this, and start at one half. */
const ONE_BITS = 11;
const HALF = 1 << (ONE_BITS - 1);
/** How quickly they follow what comes. */
const SHIFT = 5;
const LEAST_RANGE = 1 << 24;

/** The adaptive binary range coder of LZMA (I. Pavlov, LZMA specification). */
export class RangeDecoder {
  readonly #input: Uint8Array;
  readonly #probabilities: Uint16Array;
  #position = 0;
  #end = 0;
  #range = 0;
  #code = 0;

  constructor(input: Uint8Array, contexts: number) {
    this.#input = input;
    this.#probabilities = new Uint16Array(contexts).fill(HALF);
  }

  resetProbabilities(): void {
    this.#probabilities.fill(HALF);
  }

  /** Begins to decode the bytes from `start` to `end`. */
  begin(start: number, end: number): void {
    this.#position = start;
    this.#end = end;
    this.#range = 0xffffffff;
    this.#code = 0;
    for (let count = 0; count < 5; count++) this.#code = ((this.#code << 8) | this.#next()) >>> 0;
  }

  #next(): number {
    // Whoever encodes flushes a few bytes more than are looked at: what lies further behind is missing.
    if (this.#position > this.#end + 8) throw corrupt("its LZMA data end early");
    const byte = this.#position < this.#end ? this.#input[this.#position]! : 0;
    this.#position++;
    return byte;
  }

  #normalise(): void {
    if (this.#range >= LEAST_RANGE) return;
    this.#range = (this.#range << 8) >>> 0;
    this.#code = ((this.#code << 8) | this.#next()) >>> 0;
  }

  /** A bit in a context. */
  bit(context: number): number {
    const probability = this.#probabilities[context]!;
    const bound = (this.#range >>> ONE_BITS) * probability;
    if (this.#code < bound) {
      this.#range = bound;
      this.#probabilities[context] = probability + (((1 << ONE_BITS) - probability) >> SHIFT);
      this.#normalise();
      return 0;
    }
    this.#range = (this.#range - bound) >>> 0;
    this.#code = (this.#code - bound) >>> 0;
    this.#probabilities[context] = probability - (probability >> SHIFT);
    this.#normalise();
    return 1;
  }

  /** A number of `bits` bits, the high one first, each in the context of those before. */
  tree(base: number, bits: number): number {
    let node = 1;
    for (let index = 0; index < bits; index++) node = (node << 1) | this.bit(base + node);
    return node - (1 << bits);
  }

  /** The same with the low bit first. */
  reverseTree(base: number, bits: number): number {
    let node = 1;
    let value = 0;
    for (let index = 0; index < bits; index++) {
      const bit = this.bit(base + node);
      node = (node << 1) | bit;
      value |= bit << index;
    }
    return value;
  }

  /** Bits that are as likely 0 as 1. */
  direct(bits: number): number {
    let value = 0;
    for (let index = 0; index < bits; index++) {
      this.#range >>>= 1;
      const bit = this.#code >= this.#range ? 1 : 0;
      if (bit === 1) this.#code = (this.#code - this.#range) >>> 0;
      this.#normalise();
      value = (value << 1) | bit;
    }
    return value;
  }
}

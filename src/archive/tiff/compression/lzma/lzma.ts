import { corrupt } from "../../faults.ts";
import { RangeDecoder } from "./range-decoder.ts";

const STATES = 12;
/** States from this on follow a match, lower ones a literal. */
const FIRST_MATCH_STATE = 7;
const POSITIONS = 16;
const LENGTH_CONTEXTS = 2 + 2 * POSITIONS * 8 + 256;

/** Where each kind of decision has its contexts. */
const IS_MATCH = 0;
const IS_REPEAT = IS_MATCH + STATES * POSITIONS;
const IS_OTHER_THAN_LAST = IS_REPEAT + STATES;
const IS_OTHER_THAN_SECOND = IS_OTHER_THAN_LAST + STATES;
const IS_OTHER_THAN_THIRD = IS_OTHER_THAN_SECOND + STATES;
const IS_LONG_REPEAT = IS_OTHER_THAN_THIRD + STATES;
const SLOT = IS_LONG_REPEAT + STATES * POSITIONS;
const LOW_DISTANCE = SLOT + 4 * 64;
const ALIGN = LOW_DISTANCE + 128;
const MATCH_LENGTH = ALIGN + 16;
const REPEAT_LENGTH = MATCH_LENGTH + LENGTH_CONTEXTS;
const LITERAL = REPEAT_LENGTH + LENGTH_CONTEXTS;
const LITERAL_CONTEXTS = 0x300;

/** Literal context bits and literal position bits may be this many together in LZMA2. */
const MOST_LITERAL_BITS = 4;

/** Decodes LZMA into an output of known size, which serves as its dictionary. */
export class LzmaDecoder {
  readonly #output: Uint8Array;
  readonly #range: RangeDecoder;
  #position = 0;
  /** Where the dictionary begins. */
  #start = 0;
  #state = 0;
  readonly #distances = [0, 0, 0, 0] as [number, number, number, number];
  #contextBits = 0;
  #literalMask = 0;
  #positionMask = 0;

  constructor(input: Uint8Array, output: Uint8Array) {
    this.#output = output;
    this.#range = new RangeDecoder(input, LITERAL + (LITERAL_CONTEXTS << MOST_LITERAL_BITS));
  }

  /** Bytes decoded so far. */
  get length(): number {
    return this.#position;
  }

  get isFull(): boolean {
    return this.#position === this.#output.length;
  }

  forgetDictionary(): void {
    this.#start = this.#position;
  }

  resetState(): void {
    this.#state = 0;
    this.#distances.fill(0);
    this.#range.resetProbabilities();
  }

  /** @param byte literal context, literal position and position bits, as LZMA packs them */
  setProperties(byte: number): void {
    const contextBits = byte % 9;
    const literalBits = Math.floor(byte / 9) % 5;
    const positionBits = Math.floor(byte / 45);
    if (positionBits > 4 || contextBits + literalBits > MOST_LITERAL_BITS)
      throw corrupt("its LZMA data have impossible properties");
    this.#contextBits = contextBits;
    this.#literalMask = (1 << literalBits) - 1;
    this.#positionMask = (1 << positionBits) - 1;
  }

  /** Appends bytes as they are. */
  copy(bytes: Uint8Array): void {
    const room = this.#output.length - this.#position;
    const some = bytes.length > room ? bytes.subarray(0, room) : bytes;
    this.#output.set(some, this.#position);
    this.#position += some.length;
  }

  /** Decodes `length` bytes, or what there is room for, from the input's bytes between `from` and `to`. */
  decode(from: number, to: number, length: number): void {
    const end = Math.min(this.#output.length, this.#position + length);
    this.#range.begin(from, to);
    while (this.#position < end) {
      const place = (this.#position - this.#start) & this.#positionMask;
      if (this.#range.bit(IS_MATCH + this.#state * POSITIONS + place) === 0) this.#literal();
      else this.#match(place, end);
    }
  }

  #literal(): void {
    const output = this.#output;
    const at = this.#position;
    const previous = at > this.#start ? output[at - 1]! : 0;
    const place = (at - this.#start) & this.#literalMask;
    const context = (place << this.#contextBits) | (previous >> (8 - this.#contextBits));
    const base = LITERAL + LITERAL_CONTEXTS * context;
    let symbol = 1;
    if (this.#state >= FIRST_MATCH_STATE) {
      // The byte that the last match would have gone on with is a hint for as long as the bits agree with it.
      let expected = output[at - this.#distances[0] - 1] ?? 0;
      let offset = 0x100;
      while (symbol < 0x100) {
        expected <<= 1;
        const hint = expected & offset;
        const bit = this.#range.bit(base + offset + hint + symbol);
        symbol = (symbol << 1) | bit;
        offset = bit === 1 ? hint : offset & ~hint;
      }
    } else {
      while (symbol < 0x100) symbol = (symbol << 1) | this.#range.bit(base + symbol);
    }
    output[this.#position++] = symbol & 0xff;
    this.#state = this.#state < 4 ? 0 : this.#state < 10 ? this.#state - 3 : this.#state - 6;
  }

  #match(place: number, end: number): void {
    const range = this.#range;
    const state = this.#state;
    const distances = this.#distances;
    const afterLiteral = state < FIRST_MATCH_STATE;
    if (range.bit(IS_REPEAT + state) === 0) {
      distances.copyWithin(1, 0, 3);
      const length = this.#matchLength(MATCH_LENGTH, place);
      distances[0] = this.#distance(length);
      this.#state = afterLiteral ? 7 : 10;
      this.#repeat(length, end);
      return;
    }
    if (range.bit(IS_OTHER_THAN_LAST + state) === 0) {
      if (range.bit(IS_LONG_REPEAT + state * POSITIONS + place) === 0) {
        this.#state = afterLiteral ? 9 : 11;
        this.#repeat(1, end);
        return;
      }
    } else {
      const which =
        range.bit(IS_OTHER_THAN_SECOND + state) === 0 ? 1 : 2 + range.bit(IS_OTHER_THAN_THIRD + state);
      const distance = distances[which]!;
      distances.copyWithin(1, 0, which);
      distances[0] = distance;
    }
    this.#state = afterLiteral ? 8 : 11;
    this.#repeat(this.#matchLength(REPEAT_LENGTH, place), end);
  }

  #matchLength(base: number, place: number): number {
    const range = this.#range;
    if (range.bit(base) === 0) return 2 + range.tree(base + 2 + place * 8, 3);
    if (range.bit(base + 1) === 0) return 10 + range.tree(base + 2 + POSITIONS * 8 + place * 8, 3);
    return 18 + range.tree(base + 2 + 2 * POSITIONS * 8, 8);
  }

  #distance(length: number): number {
    const slot = this.#range.tree(SLOT + Math.min(length - 2, 3) * 64, 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const high = (2 | (slot & 1)) * 2 ** bits;
    if (slot < 14) return high + this.#range.reverseTree(LOW_DISTANCE + high - slot, bits);
    return high + this.#range.direct(bits - 4) * 16 + this.#range.reverseTree(ALIGN, 4);
  }

  #repeat(length: number, end: number): void {
    const distance = this.#distances[0] + 1;
    if (distance > this.#position - this.#start)
      throw corrupt("its LZMA data refer to what lies before them");
    const output = this.#output;
    const to = Math.min(end, this.#position + length);
    for (let at = this.#position; at < to; at++) output[at] = output[at - distance]!;
    this.#position = to;
  }
}

import { corrupt } from "../../faults.ts";

/** The runs of one row: lengths of white and black in turn, beginning with white. */
export class Runs {
  readonly #lengths: Int32Array;
  readonly #width: number;
  count = 0;
  /** Where the next run begins, make-up codes of it included. */
  position = 0;
  /** What make-up and pass codes have contributed to the next run. */
  pending = 0;

  constructor(width: number) {
    this.#width = width;
    this.#lengths = new Int32Array(2 * width + 64);
  }

  /** An all-white row, as which the one above the first counts. */
  setWhite(): void {
    this.clear();
    this.add(this.#width);
    this.add(0);
  }

  clear(): void {
    this.count = 0;
    this.position = 0;
    this.pending = 0;
  }

  /** The length of a run; 0 behind the last. */
  at(index: number): number {
    return index < this.count ? this.#lengths[index]! : 0;
  }

  /** Lengthens the next run without ending it. */
  extend(length: number): void {
    this.pending += length;
    this.position += length;
  }

  /** Ends a run that is `length` longer than what is pending. */
  add(length: number): void {
    if (this.count >= this.#lengths.length) throw corrupt("its CCITT data hold too many runs for a row");
    this.#lengths[this.count++] = this.pending + length;
    this.position += length;
    this.pending = 0;
  }

  /** Takes back a white and a black run without pixels: they would let a row grow for ever. */
  dropEmptyPair(): void {
    if (this.count >= 2 && this.at(this.count - 1) === 0 && this.at(this.count - 2) === 0) this.count -= 2;
  }

  /**
   * Makes the row as wide as it has to be, as libtiff does with lines of the wrong length: what is missing becomes
   * white, and runs that reach too far are dropped.
   */
  complete(): void {
    const width = this.#width;
    if (this.pending > 0) this.add(0);
    if (this.position === width) return;
    while (this.position > width && this.count > 0) this.position -= this.#lengths[--this.count]!;
    if (this.count % 2 === 1) this.add(0);
    this.add(width - Math.max(0, this.position));
  }

  /** Sets the bits of black runs in a row of zeros. */
  paint(row: Uint8Array): void {
    let x = 0;
    for (let index = 0; index < this.count; index++) {
      const end = Math.min(this.#width, x + this.#lengths[index]!);
      if (index % 2 === 1) fillBits(row, x, end);
      x = end;
    }
  }
}

function fillBits(row: Uint8Array, from: number, to: number): void {
  if (from >= to) return;
  const first = from >> 3;
  const last = to >> 3;
  const head = 0xff >> (from & 7);
  const tail = 0xff00 >> (to & 7);
  if (first === last) {
    row[first]! |= head & tail;
    return;
  }
  row[first]! |= head;
  row.fill(0xff, first + 1, last);
  if ((to & 7) !== 0) row[last]! |= tail;
}

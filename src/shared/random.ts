/**
 * Seeded random numbers: xoshiro128** (Blackman and Vigna 2018), 32-bit, the same on every platform.
 * One project seed feeds everything; `fork(label)` gives independent streams that do not
 * depend on how many numbers another part of the program drew.
 */
export interface Random {
  /** Uniform in [0, 1), 32 bits of randomness. */
  next(): number;
  /** Uniform integer in [0, n). */
  integer(n: number): number;
  /** Standard normal deviate (Box–Muller). */
  normal(): number;
  /** The array itself, shuffled in place (Fisher–Yates). */
  shuffle<T extends { length: number; [index: number]: unknown }>(array: T): T;
  /** `count` distinct items in random order; all of them when there are fewer. */
  sample<T>(items: ArrayLike<T>, count: number): T[];
  /** An independent stream named by `label`. */
  fork(label: string | number): Random;
}

/** Four 32-bit words from any text (cyrb128), so that seeds and labels can be words. */
function hashWords(text: string): [number, number, number, number] {
  let h1 = 1779033703;
  let h2 = 3144134277;
  let h3 = 1013904242;
  let h4 = 2773480762;
  for (let i = 0; i < text.length; i++) {
    const k = text.charCodeAt(i);
    h1 = h2 ^ Math.imul(h1 ^ k, 597399067);
    h2 = h3 ^ Math.imul(h2 ^ k, 2869860233);
    h3 = h4 ^ Math.imul(h3 ^ k, 951274213);
    h4 = h1 ^ Math.imul(h4 ^ k, 2716044179);
  }
  h1 = Math.imul(h3 ^ (h1 >>> 18), 597399067);
  h2 = Math.imul(h4 ^ (h2 >>> 22), 2869860233);
  h3 = Math.imul(h1 ^ (h3 >>> 17), 951274213);
  h4 = Math.imul(h2 ^ (h4 >>> 19), 2716044179);
  h1 ^= h2 ^ h3 ^ h4;
  return [h1 >>> 0, (h2 ^ h1) >>> 0, (h3 ^ h1) >>> 0, (h4 ^ h1) >>> 0];
}

class Xoshiro implements Random {
  readonly #name: string;
  readonly #state: Uint32Array;
  #spare: number | null = null;

  constructor(name: string) {
    this.#name = name;
    this.#state = Uint32Array.from(hashWords(name));
    if (this.#state.every((word) => word === 0)) this.#state[0] = 1;
  }

  next(): number {
    const s = this.#state;
    const s1 = s[1]!;
    const scrambled = Math.imul(s1, 5);
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
    const t = s1 << 9;
    s[2]! ^= s[0]!;
    s[3]! ^= s1;
    s[1]! ^= s[2]!;
    s[0]! ^= s[3]!;
    s[2]! ^= t;
    s[3] = (s[3]! << 11) | (s[3]! >>> 21);
    return result / 4294967296;
  }

  integer(n: number): number {
    return Math.floor(this.next() * n);
  }

  normal(): number {
    if (this.#spare !== null) {
      const spare = this.#spare;
      this.#spare = null;
      return spare;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.next()));
    const angle = 2 * Math.PI * this.next();
    this.#spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  shuffle<T extends { length: number; [index: number]: unknown }>(array: T): T {
    for (let i = array.length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const kept = array[i];
      array[i] = array[j];
      array[j] = kept;
    }
    return array;
  }

  sample<T>(items: ArrayLike<T>, count: number): T[] {
    const pool = Array.from(items);
    const taken = Math.min(count, pool.length);
    for (let i = 0; i < taken; i++) {
      const j = i + this.integer(pool.length - i);
      const kept = pool[i]!;
      pool[i] = pool[j]!;
      pool[j] = kept;
    }
    return pool.slice(0, taken);
  }

  fork(label: string | number): Random {
    return new Xoshiro(`${this.#name}/${label}`);
  }
}

export function createRandom(seed: number | string): Random {
  return new Xoshiro(String(seed));
}

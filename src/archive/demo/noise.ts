import type { Random } from "../../shared/random.ts";

/** Variance of a unit-normal lattice after cubic B-spline interpolation, averaged over a cell, in 2-D. */
const SPLINE_DEVIATION = 151 / 315;

/** A 32-bit hash of two integers (murmur3's finaliser), uniform over its range. */
export function hash(a: number, b: number): number {
  let h = Math.imul(a ^ Math.imul(b, 0x9e3779b1), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15), 0xc2b2ae35);
  h ^= h >>> 13;
  h = Math.imul(h, 0x27d4eb2f);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A number in [0, 1) from a key and the name of the property wanted. */
export function hashUnit(key: number, property: number): number {
  return hash(key, property) / 4294967296;
}

interface SplineAxis {
  readonly first: Int32Array;
  readonly weights: Float32Array;
}

function splineAxis(length: number, cell: number, phase: number): SplineAxis {
  const first = new Int32Array(length);
  const weights = new Float32Array(length * 4);
  for (let i = 0; i < length; i++) {
    const position = i / cell + phase;
    const start = Math.floor(position);
    const t = position - start;
    const s = 1 - t;
    first[i] = start;
    weights[4 * i] = (s * s * s) / 6;
    weights[4 * i + 1] = (3 * t * t * t - 6 * t * t + 4) / 6;
    weights[4 * i + 2] = (3 * s * s * s - 6 * s * s + 4) / 6;
    weights[4 * i + 3] = (t * t * t) / 6;
  }
  return { first, weights };
}

/** Adds `amplitude` × smooth noise of about unit variance, with features of `cell` pixels, to `target`. */
function addSmoothNoise(
  target: Float32Array,
  width: number,
  height: number,
  cell: number,
  amplitude: number,
  random: Random,
): void {
  const columns = splineAxis(width, cell, random.next());
  const rows = splineAxis(height, cell, random.next());
  const latticeWidth = Math.ceil(width / cell) + 5;
  const latticeHeight = Math.ceil(height / cell) + 5;
  const lattice = Float32Array.from({ length: latticeWidth * latticeHeight }, () => random.normal());
  const scale = amplitude / SPLINE_DEVIATION;
  const line = new Float32Array(latticeWidth);
  for (let y = 0; y < height; y++) {
    const top = rows.first[y]! * latticeWidth;
    for (let c = 0; c < latticeWidth; c++) {
      line[c] =
        scale *
        (rows.weights[4 * y]! * lattice[top + c]! +
          rows.weights[4 * y + 1]! * lattice[top + latticeWidth + c]! +
          rows.weights[4 * y + 2]! * lattice[top + 2 * latticeWidth + c]! +
          rows.weights[4 * y + 3]! * lattice[top + 3 * latticeWidth + c]!);
    }
    const weights = columns.weights;
    for (let x = 0; x < width; x++) {
      const c = columns.first[x]!;
      target[y * width + x]! +=
        weights[4 * x]! * line[c]! +
        weights[4 * x + 1]! * line[c + 1]! +
        weights[4 * x + 2]! * line[c + 2]! +
        weights[4 * x + 3]! * line[c + 3]!;
    }
  }
}

export interface NoiseOptions {
  /** Size of the largest features, in pixels. */
  readonly cell: number;
  /** Each octave halves the feature size; default 1. */
  readonly octaves?: number;
  /** Amplitude of an octave relative to the one before; default 0.5. */
  readonly gain?: number;
}

/** A row-major field of fractal cubic-spline noise with mean 0 and variance about 1. */
export function fractalNoise(
  width: number,
  height: number,
  { cell, octaves = 1, gain = 0.5 }: NoiseOptions,
  random: Random,
): Float32Array {
  const field = new Float32Array(width * height);
  let power = 0;
  for (let octave = 0; octave < octaves; octave++) power += gain ** (2 * octave);
  const unit = 1 / Math.sqrt(power);
  for (let octave = 0; octave < octaves; octave++) {
    addSmoothNoise(field, width, height, cell / 2 ** octave, unit * gain ** octave, random.fork(octave));
  }
  return field;
}

/** A ring of normal deviates to walk through where millions are needed and their independence matters little. */
export function normalTable(random: Random, size = 65_536): Float32Array {
  return Float32Array.from({ length: size }, () => random.normal());
}

/**
 * The value below which `share` (0 to 1) of the field lies, over the pixels where `eligible` holds.
 * Estimated on every 7th pixel; −Infinity or +Infinity at the ends, so that share 0 selects nothing below.
 */
export function fieldQuantile(
  field: Float32Array,
  share: number,
  eligible: (index: number) => boolean = () => true,
): number {
  if (share <= 0) return Number.NEGATIVE_INFINITY;
  if (share >= 1) return Number.POSITIVE_INFINITY;
  const kept = new Float32Array(Math.ceil(field.length / 7));
  let count = 0;
  for (let i = 0; i < field.length; i += 7) if (eligible(i)) kept[count++] = field[i]!;
  if (count === 0) return Number.NEGATIVE_INFINITY;
  return kept.subarray(0, count).sort()[Math.floor(share * count)]!;
}

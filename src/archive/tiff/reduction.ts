import type { PixelWindow } from "../../shared/raster.ts";
import { type AxisWeights, areaWeights, nearestSamples } from "./axis-weights.ts";

/** A part of an image in its pixels; its corners may lie within pixels. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What a reduction makes of what. */
export interface ReductionPlan {
  /** Size of the image that is reduced. */
  readonly available: { readonly width: number; readonly height: number };
  readonly rectangle: Rectangle;
  /** Size of the result. */
  readonly width: number;
  readonly height: number;
}

/** Makes one band's reduced plane from pieces of the full one, which may come in any order. */
export interface Reduction {
  /** Whether the result depends on any pixel of a piece. */
  needs(piece: PixelWindow): boolean;
  /** @param plane the piece's samples, row by row */
  add(plane: Float32Array, piece: PixelWindow): void;
  finish(): Float32Array;
}

/** A sample with less than this share of its area known is missing. */
const LEAST_KNOWN = 0.5 - 1e-9;

/**
 * Means by area. Missing samples (NaN and nodata) have no weight; where they make up more than half of the area, the
 * mean is missing itself: `nodata`, or NaN without one.
 */
export function areaMean(plan: ReductionPlan, nodata: number | null): Reduction {
  const { width, height, rectangle, available } = plan;
  const columns = areaWeights(rectangle.x, rectangle.width, width, available.width);
  const rows = areaWeights(rectangle.y, rectangle.height, height, available.height);
  const missing = nodata === null ? Number.NaN : Math.fround(nodata);
  const sums = new Float64Array(width * height);
  /** The share of each sample's area that is missing; most images miss nothing. */
  let lost: Float64Array | null = null;

  return {
    needs: () => true,
    add(plane, piece) {
      const [left, right] = concerned(columns, piece.x, piece.x + piece.width);
      const [top, bottom] = concerned(rows, piece.y, piece.y + piece.height);
      // First down, then across: most of the work is then done in one plain loop.
      const columnSums = new Float64Array(piece.width);
      const columnGaps = new Float64Array(piece.width);
      for (let y = top; y < bottom; y++) {
        const first = rows.firsts[y]!;
        const from = Math.max(first, piece.y);
        const to = Math.min(first + rows.counts[y]!, piece.y + piece.height);
        columnSums.fill(0);
        columnGaps.fill(0);
        let isComplete = true;
        for (let row = from; row < to; row++) {
          const weight = rows.weights[y * rows.most + row - first]!;
          const at = (row - piece.y) * piece.width;
          if (!addRow(plane, at, weight, missing, columnSums, columnGaps)) isComplete = false;
        }
        addAcross(columns, left, right, piece, columnSums, sums, y * width);
        if (isComplete) continue;
        lost ??= new Float64Array(width * height);
        addAcross(columns, left, right, piece, columnGaps, lost, y * width);
      }
    },
    finish() {
      if (lost === null) return Float32Array.from(sums);
      return Float32Array.from(sums, (sum, at) => {
        const known = 1 - lost![at]!;
        return known < LEAST_KNOWN ? missing : sum / known;
      });
    },
  };
}

/** Adds a row of samples to the sums of their columns, and the weight of missing ones to gaps. True if none was. */
function addRow(
  plane: Float32Array,
  at: number,
  weight: number,
  missing: number,
  sums: Float64Array,
  gaps: Float64Array,
): boolean {
  let isComplete = true;
  for (let column = 0; column < sums.length; column++) {
    const value = plane[at + column]!;
    if (value === missing || Number.isNaN(value)) {
      gaps[column]! += weight;
      isComplete = false;
    } else {
      sums[column]! += weight * value;
    }
  }
  return isComplete;
}

/** Adds the weighted values of a piece's columns to the output places `left` to `right` of the row at `to`. */
function addAcross(
  { firsts, counts, weights, most }: AxisWeights,
  left: number,
  right: number,
  piece: PixelWindow,
  values: Float64Array,
  output: Float64Array,
  to: number,
): void {
  for (let x = left; x < right; x++) {
    const first = firsts[x]!;
    const begin = Math.max(first, piece.x);
    const end = Math.min(first + counts[x]!, piece.x + piece.width);
    let sum = 0;
    for (let column = begin; column < end; column++) {
      sum += weights[x * most + column - first]! * values[column - piece.x]!;
    }
    output[to + x]! += sum;
  }
}

/** The sample in the middle, for numbers that stand for something and have no mean. */
export function nearest(plan: ReductionPlan): Reduction {
  const { width, height, rectangle, available } = plan;
  const columns = nearestSamples(rectangle.x, rectangle.width, width, available.width);
  const rows = nearestSamples(rectangle.y, rectangle.height, height, available.height);
  const output = new Float32Array(width * height);
  const inside = (samples: Int32Array, from: number, length: number) => [
    lowerBound(samples, from),
    lowerBound(samples, from + length),
  ];
  return {
    needs(piece) {
      const [left, right] = inside(columns, piece.x, piece.width);
      const [top, bottom] = inside(rows, piece.y, piece.height);
      return left! < right! && top! < bottom!;
    },
    add(plane, piece) {
      const [left, right] = inside(columns, piece.x, piece.width) as [number, number];
      const [top, bottom] = inside(rows, piece.y, piece.height) as [number, number];
      for (let y = top; y < bottom; y++) {
        const at = (rows[y]! - piece.y) * piece.width - piece.x;
        for (let x = left; x < right; x++) output[y * width + x] = plane[at + columns[x]!]!;
      }
    },
    finish: () => output,
  };
}

/** The output places that any input sample from `from` up to `to` counts for, as a half-open range. */
function concerned({ firsts, counts }: AxisWeights, from: number, to: number): [number, number] {
  // Two places share at most one sample, so at most one place before the first that begins inside reaches into it.
  let begin = lowerBound(firsts, from);
  if (begin > 0 && firsts[begin - 1]! + counts[begin - 1]! > from) begin--;
  return [begin, lowerBound(firsts, to)];
}

/** Position of the first value that is not below `limit` in ascending values. */
function lowerBound(values: Int32Array, limit: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

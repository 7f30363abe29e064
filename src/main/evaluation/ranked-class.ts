import { LABEL_MASKED } from "../../shared/domain/labels.ts";

/** A class's reviewed patches, most probable first. */
export interface RankedClass {
  /** Rows of the patches. */
  readonly rows: Int32Array;
  readonly present: Uint8Array;
  /** 1 where the next one has another probability: ties are taken together. */
  readonly ends: Uint8Array;
}

/**
 * @param probabilities patches × classes, row-major
 * @param labels the same shape: 1 present, 0 absent, −1 masked
 */
export function rankClass(
  probabilities: Float32Array,
  labels: Int8Array,
  classes: number,
  column: number,
): RankedClass {
  const patches = labels.length / classes;
  const score = (row: number) => probabilities[row * classes + column] ?? Number.NaN;
  const rows = Int32Array.from({ length: patches }, (_, row) => row)
    .filter((row) => labels[row * classes + column] !== LABEL_MASKED && !Number.isNaN(score(row)))
    .sort((a, b) => score(b) - score(a));
  return {
    rows,
    present: Uint8Array.from(rows, (row) => labels[row * classes + column] ?? 0),
    ends: Uint8Array.from(rows, (row, at) => Number(score(row) !== score(rows[at + 1] ?? -1))),
  };
}

/**
 * Average precision Σ (Rₙ − Rₙ₋₁)·Pₙ over falling thresholds, each patch counted as often as its weight says.
 * @returns NaN where nothing is present
 */
export function weightedAveragePrecision(ranked: RankedClass, weights?: Int32Array): number {
  const { rows, present, ends } = ranked;
  let seen = 0;
  let found = 0;
  let foundBefore = 0;
  let area = 0;
  for (let at = 0; at < rows.length; at++) {
    const weight = weights ? weights[rows[at]!]! : 1;
    seen += weight;
    if (present[at] === 1) found += weight;
    if (ends[at] === 0) continue;
    if (found > foundBefore) area += (found - foundBefore) * (found / seen);
    foundBefore = found;
  }
  return found > 0 ? area / found : Number.NaN;
}

import { LABEL_MASKED } from "../../shared/domain/labels.ts";

/** What a decision came to. A right "absent" and what is not reviewed count in none of the scores. */
export const NOTHING = 0;
export const HIT = 1;
export const FALSE_ALARM = 2;
export const MISS = 3;

/** Outcomes of decisions on labelled patches: patches × classes, row-major. */
export interface Outcomes {
  readonly patches: number;
  readonly classes: number;
  readonly codes: Uint8Array;
}

/**
 * @param decisions patches × classes: 1 predicted present, 0 absent
 * @param labels the same shape: 1 present, 0 absent, −1 masked
 */
export function outcomesOf(decisions: Uint8Array, labels: Int8Array, classes: number): Outcomes {
  const codes = Uint8Array.from(labels, (label, at) => {
    if (label === LABEL_MASKED) return NOTHING;
    if (decisions[at] === 1) return label === 1 ? HIT : FALSE_ALARM;
    return label === 1 ? MISS : NOTHING;
  });
  return { patches: classes === 0 ? 0 : labels.length / classes, classes, codes };
}

/** How often each outcome was counted. */
export interface Counts {
  hits: number;
  falseAlarms: number;
  misses: number;
}

const counted = (tally: Int32Array, at: number): Counts => ({
  hits: tally[at + HIT]!,
  falseAlarms: tally[at + FALSE_ALARM]!,
  misses: tally[at + MISS]!,
});

/** One entry a class; each patch counts as often as its weight says (once without weights). */
export function countByClass({ patches, classes, codes }: Outcomes, weights?: Int32Array): Counts[] {
  const tally = new Int32Array(4 * classes);
  for (let row = 0; row < patches; row++) {
    const weight = weights ? weights[row]! : 1;
    if (weight === 0) continue;
    const start = row * classes;
    for (let c = 0; c < classes; c++) tally[4 * c + codes[start + c]!]! += weight;
  }
  return Array.from({ length: classes }, (_, c) => counted(tally, 4 * c));
}

/** One entry a patch, over its classes. */
export function countByPatch({ patches, classes, codes }: Outcomes): Counts[] {
  return Array.from({ length: patches }, (_, row) => {
    const tally = new Int32Array(4);
    for (let at = row * classes; at < (row + 1) * classes; at++) tally[codes[at]!]!++;
    return counted(tally, 0);
  });
}

export function sum(counts: readonly Counts[], weights?: Int32Array): Counts {
  const total = { hits: 0, falseAlarms: 0, misses: 0 };
  for (const [at, { hits, falseAlarms, misses }] of counts.entries()) {
    const weight = weights ? weights[at]! : 1;
    total.hits += weight * hits;
    total.falseAlarms += weight * falseAlarms;
    total.misses += weight * misses;
  }
  return total;
}

const ratio = (part: number, whole: number) => (whole > 0 ? part / whole : Number.NaN);

/** NaN where nothing is present. */
export const recall = ({ hits, misses }: Counts) => ratio(hits, hits + misses);

/** NaN where nothing is predicted. */
export const precision = ({ hits, falseAlarms }: Counts) => ratio(hits, hits + falseAlarms);

/** NaN where nothing is present or predicted. */
export const f1 = ({ hits, falseAlarms, misses }: Counts) => ratio(2 * hits, 2 * hits + falseAlarms + misses);

import type { ExperimentRow } from "../simulation/experiment-row.ts";
import type { Conditions } from "../simulation/plan.ts";
import { estimate } from "./student.ts";

export type LabelRange = readonly [from: number, to: number];
export type GainMetric = "microF1" | "macroF1";
const METRICS: readonly GainMetric[] = ["microF1", "macroF1"];

/** What a function gained over `random` under the same conditions; all figures are differences of F1 (0–1). */
export interface Gain extends Conditions {
  readonly function: string;
  readonly variant: string;
  readonly metric: GainMetric;
  /** Fewest and most labels of the rounds that count. */
  readonly from: number;
  readonly to: number;
  /** Over the trials. */
  readonly mean: number;
  /** 95 % interval of the mean (Student's t over the trials); null with a single trial. */
  readonly low: number | null;
  readonly high: number | null;
  /** Every trial's own, averaged over its rounds in the range. */
  readonly values: readonly {
    readonly trial: number;
    readonly seed: number;
    readonly gain: number;
    readonly rounds: number;
  }[];
}

/** Rows of one curve. */
export interface SeriesRows extends Conditions {
  readonly function: string;
  readonly variant: string;
  readonly rows: readonly ExperimentRow[];
}

/** Rows by curve, in the order of first appearance. */
export function seriesOf(rows: readonly ExperimentRow[]): SeriesRows[] {
  const groups = Map.groupBy(rows, (row) => `${row.variant}\n${row.function}`);
  return Array.from(groups.values(), (own) => {
    const { function: name, variant, budget, beta, warmStart } = own[0]!;
    return { function: name, variant, budget, beta, warmStart, rows: own };
  });
}

/** Whether a round counts: in the range, or after the start where there is none. */
function counts({ round, labeled }: ExperimentRow, range: LabelRange | null): boolean {
  return range ? labeled >= range[0] && labeled <= range[1] : round > 0;
}

/**
 * Paired gains over `random`: in each trial, which starts from the same patches for all functions, the mean
 * over the rounds in the range of the difference at the same number of labels. Rounds that one of the two has
 * not reached do not count.
 * @param range labelled patches, from and to; null = all rounds after the start
 * @param randomNames names of the function `random`; the first one that ran under the conditions is compared with
 */
export function gainsOverRandom(
  rows: readonly ExperimentRow[],
  range: LabelRange | null,
  randomNames: ReadonlySet<string>,
): Gain[] {
  const series = seriesOf(rows);
  return series.flatMap((one) => {
    if (randomNames.has(one.function)) return [];
    const baseline = series.find(
      ({ function: name, budget, warmStart }) =>
        randomNames.has(name) && budget === one.budget && warmStart === one.warmStart,
    );
    if (!baseline) return [];
    return METRICS.flatMap((metric) => gainOf(one, baseline, metric, range) ?? []);
  });
}

function gainOf(
  one: SeriesRows,
  baseline: SeriesRows,
  metric: GainMetric,
  range: LabelRange | null,
): Gain | null {
  const others = new Map(baseline.rows.map((row) => [`${row.trial} ${row.labeled}`, row[metric]]));
  const pairs = one.rows.flatMap((row) => {
    const other = others.get(`${row.trial} ${row.labeled}`);
    if (other === undefined || !counts(row, range)) return [];
    return [{ trial: row.trial, seed: row.seed, labeled: row.labeled, gain: row[metric] - other }];
  });
  const values = Array.from(Map.groupBy(pairs, ({ trial }) => trial).values(), (own) => ({
    trial: own[0]!.trial,
    seed: own[0]!.seed,
    gain: own.reduce((sum, { gain }) => sum + gain, 0) / own.length,
    rounds: own.length,
  }));
  const result = estimate(values.map(({ gain }) => gain));
  if (!result) return null;
  const { mean, halfWidth } = result;
  const labeled = pairs.map((pair) => pair.labeled);
  const { function: name, variant, budget, beta, warmStart } = one;
  return {
    function: name,
    variant,
    budget,
    beta,
    warmStart,
    metric,
    from: Math.min(...labeled),
    to: Math.max(...labeled),
    mean,
    low: halfWidth === null ? null : mean - halfWidth,
    high: halfWidth === null ? null : mean + halfWidth,
    values: values.sort((a, b) => a.trial - b.trial),
  };
}

/** Each trial's mean micro F1 over its rounds in the range. */
export function rangeMeans({ rows }: SeriesRows, range: LabelRange | null): Map<number, number> {
  const own = rows.filter((row) => counts(row, range));
  return new Map(
    Array.from(
      Map.groupBy(own, ({ trial }) => trial),
      ([trial, some]) => [trial, some.reduce((sum, { microF1 }) => sum + microF1, 0) / some.length],
    ),
  );
}

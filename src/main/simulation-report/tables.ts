import type { ExperimentRow } from "../simulation/experiment-row.ts";
import { type LabelRange, rangeMeans, type SeriesRows, seriesOf } from "./gains.ts";
import { type Estimate, estimate } from "./student.ts";

/** Table I of the paper: what a function costs. */
export interface Cost {
  readonly function: string;
  /** Mean seconds of choosing the patches of a round. */
  readonly samplingSeconds: number | null;
  readonly trainSeconds: number;
  /** Trained values of the last rounds' models; null where unknown. */
  readonly classifier: number | null;
  /** Together with the loss module; null where the function has none. */
  readonly withLossModule: number | null;
}

/** One entry a function, over all conditions. */
export function costs(rows: readonly ExperimentRow[]): Cost[] {
  return Array.from(
    Map.groupBy(rows, (row) => row.function),
    ([name, own]) => {
      const counted = own.flatMap(({ parameters }) => parameters ?? []);
      const classifier = Math.max(0, ...counted.map((one) => one.classifier));
      const module = Math.max(0, ...counted.map((one) => one.lossModule));
      return {
        function: name,
        samplingSeconds:
          estimate(own.filter(({ round }) => round > 0).map(({ querySeconds }) => querySeconds))?.mean ??
          null,
        trainSeconds: estimate(own.map(({ trainSeconds }) => trainSeconds))?.mean ?? 0,
        classifier: counted.length > 0 ? classifier : null,
        withLossModule: module > 0 ? classifier + module : null,
      };
    },
  );
}

/** Labels at which the trials of a curve first reached a micro F1. */
export interface LabelsNeeded {
  readonly mark: number;
  /** Of the trials that reached it; null where none did. */
  readonly labels: Estimate | null;
  readonly reached: number;
  readonly trials: number;
}

export function labelsNeeded({ rows }: SeriesRows, marks: readonly number[]): LabelsNeeded[] {
  const trials = Array.from(Map.groupBy(rows, ({ trial }) => trial).values());
  return marks.map((mark) => {
    const needed = trials.flatMap((own) => {
      const reached = own.filter(({ microF1 }) => microF1 >= mark).map(({ labeled }) => labeled);
      return reached.length > 0 ? [Math.min(...reached)] : [];
    });
    return { mark, labels: estimate(needed), reached: needed.length, trials: trials.length };
  });
}

/** Whole steps of 5 points between where the curves start and how far they come; at most five, the highest. */
export function defaultMarks(rows: readonly ExperimentRow[]): number[] {
  if (rows.length === 0) return [];
  const start = estimate(rows.filter(({ round }) => round === 0).map(({ microF1 }) => microF1))?.mean ?? 0;
  const best = Math.max(...rows.map(({ microF1 }) => microF1));
  return Array.from({ length: 19 }, (_, index) => (index + 1) / 20)
    .filter((mark) => mark > start && mark <= best)
    .slice(-5);
}

/** Mean micro F1 in the range for each value of one condition, the others being equal. */
export interface SweepLine<T> {
  readonly function: string;
  /** The other conditions in words. */
  readonly rest: string;
  readonly cells: readonly { readonly value: T; readonly mean: Estimate | null }[];
}

function sweep<T>(
  series: readonly SeriesRows[],
  pick: (one: SeriesRows) => T,
  restOf: (one: SeriesRows) => string,
  range: LabelRange | null,
): SweepLine<T>[] {
  const values = Array.from(new Set(series.map(pick)));
  if (values.length < 2) return [];
  const lines = Map.groupBy(series, (one) => `${one.function}\n${restOf(one)}`);
  return Array.from(lines.values(), (own) => ({
    function: own[0]!.function,
    rest: restOf(own[0]!),
    cells: values.map((value) => {
      const found = own.find((one) => pick(one) === value);
      return { value, mean: found ? estimate([...rangeMeans(found, range).values()]) : null };
    }),
  }));
}

const startName = ({ warmStart }: { readonly warmStart: boolean }) =>
  warmStart ? "warm start" : "cold start";
const betaName = ({ beta }: SeriesRows) => (beta === null ? "" : `, β=${beta}`);

export function betaSweep(rows: readonly ExperimentRow[], range: LabelRange | null): SweepLine<number>[] {
  return sweep(
    seriesOf(rows).filter(({ beta }) => beta !== null),
    ({ beta }) => beta ?? 0,
    (one) => `b=${one.budget}, ${startName(one)}`,
    range,
  );
}

export function budgetSweep(rows: readonly ExperimentRow[], range: LabelRange | null): SweepLine<number>[] {
  return sweep(
    seriesOf(rows),
    ({ budget }) => budget,
    (one) => `${startName(one)}${betaName(one)}`,
    range,
  );
}

/** Warm against cold start, paired by trial. */
export interface WarmGain {
  readonly function: string;
  readonly rest: string;
  readonly warm: Estimate | null;
  readonly cold: Estimate | null;
  /** Warm − cold. */
  readonly difference: Estimate | null;
}

export function warmAgainstCold(rows: readonly ExperimentRow[], range: LabelRange | null): WarmGain[] {
  const series = seriesOf(rows);
  return series.flatMap((warm) => {
    if (!warm.warmStart) return [];
    const cold = series.find(
      (one) =>
        !one.warmStart &&
        one.function === warm.function &&
        one.budget === warm.budget &&
        one.beta === warm.beta,
    );
    if (!cold) return [];
    const [warmMeans, coldMeans] = [rangeMeans(warm, range), rangeMeans(cold, range)];
    const differences = Array.from(warmMeans).flatMap(([trial, mean]) => {
      const other = coldMeans.get(trial);
      return other === undefined ? [] : [mean - other];
    });
    return [
      {
        function: warm.function,
        rest: `b=${warm.budget}${betaName(warm)}`,
        warm: estimate([...warmMeans.values()]),
        cold: estimate([...coldMeans.values()]),
        difference: estimate(differences),
      },
    ];
  });
}

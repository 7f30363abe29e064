import type { SimulationRow } from "../../shared/contracts/engine.ts";

export type MetricName = "microF1" | "macroF1" | "mAP";

/** Mean over trials with the half width of its 95 % interval (Student's t); null with a single trial. */
export interface Estimate {
  readonly mean: number;
  readonly halfWidth: number | null;
  readonly trials: number;
}

export interface CurveStep {
  readonly round: number;
  readonly labeled: number;
  readonly estimate: Estimate | null;
}

export interface FunctionCurve {
  readonly function: string;
  readonly steps: readonly CurveStep[];
}

/** Two-sided 95 % quantiles of Student's t for 1 to 30 degrees of freedom. */
const T_95 = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131,
  2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];

/** Null for no values. */
export function estimate(values: readonly number[]): Estimate | null {
  const n = values.length;
  if (n === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  if (n === 1) return { mean, halfWidth: null, trials: 1 };
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  return { mean, halfWidth: (T_95[n - 2] ?? 1.96) * Math.sqrt(variance / n), trials: n };
}

/** The curve of each function in the order of first appearance; one step a round. */
export function functionCurves(rows: readonly SimulationRow[], metric: MetricName): FunctionCurve[] {
  const functions = [...new Set(rows.map((row) => row.function))];
  return functions.map((name) => {
    const own = rows.filter((row) => row.function === name);
    const rounds = [...new Set(own.map((row) => row.round))].sort((a, b) => a - b);
    const steps = rounds.map((round) => {
      const atRound = own.filter((row) => row.round === round);
      const values = atRound.map((row) => row[metric]).filter((value) => value !== null);
      return { round, labeled: atRound[0]?.labeled ?? 0, estimate: estimate(values) };
    });
    return { function: name, steps };
  });
}

/** Mean seconds a round of a function. */
export function meanSeconds(
  rows: readonly SimulationRow[],
  name: string,
  field: "trainSeconds" | "querySeconds",
): number | null {
  const values = rows
    .filter((row) => row.function === name && (field === "trainSeconds" || row.round > 0))
    .map((row) => row[field]);
  return estimate(values)?.mean ?? null;
}

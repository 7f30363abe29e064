import type { SimulationRow } from "../../shared/contracts/engine.ts";
import { type Estimate, estimate } from "./student.ts";

export type MetricName = "microF1" | "macroF1" | "mAP";

export interface CurveStep {
  readonly round: number;
  readonly labeled: number;
  readonly estimate: Estimate | null;
}

export interface FunctionCurve {
  readonly function: string;
  readonly steps: readonly CurveStep[];
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

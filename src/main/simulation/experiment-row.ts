import { z } from "zod";
import { type SimulationRow, simulationRowSchema } from "../../shared/contracts/engine.ts";
import type { Conditions, Unit } from "./plan.ts";

/** A row of `results.json`: the engine's, with what the experiment varies. `function` is the series' name. */
export interface ExperimentRow extends SimulationRow, Conditions {
  readonly variant: string;
  readonly seed: number;
}

export const engineRowsSchema = z.array(simulationRowSchema);

export function experimentRows({ series, trial }: Unit, rows: readonly SimulationRow[]): ExperimentRow[] {
  const { variant, budget, beta, warmStart, name } = series;
  return rows.map((row) => ({
    ...row,
    function: name,
    trial: trial.trial,
    variant,
    seed: trial.seed,
    budget,
    beta,
    warmStart,
  }));
}

import type { ExperimentRow } from "../../../src/main/simulation/experiment-row.ts";
import { variantName } from "../../../src/main/simulation/plan.ts";

/** A row of a made-up experiment: 40 labels at the start, 20 a round. */
export function row(change: Partial<ExperimentRow>): ExperimentRow {
  const conditions = {
    budget: change.budget ?? 20,
    beta: change.beta ?? null,
    warmStart: change.warmStart ?? false,
  };
  const round = change.round ?? 0;
  return {
    function: "random",
    trial: 0,
    seed: 1,
    round,
    labeled: 40 + conditions.budget * round,
    split: "val",
    microF1: 0.5,
    macroF1: 0.4,
    mAP: null,
    trainSeconds: 2,
    querySeconds: round,
    queried: [],
    variant: variantName(conditions),
    ...conditions,
    ...change,
  };
}

export const SEEDS = [3, 5, 8] as const;

/** Micro F1 by formula, so that references need only the expected numbers. */
export function formula(which: number, seed: number, round: number): number {
  return 0.6 + 0.03 * round + 0.01 * ((seed * 7 + round * 3 + which * 5) % 11) + 0.02 * which * round;
}

/** Functions "random" and "auto", three seeds, four rounds. */
export function formulaRows(change: Partial<ExperimentRow> = {}): ExperimentRow[] {
  return SEEDS.flatMap((seed, trial) =>
    ["random", "auto"].flatMap((name, which) =>
      [0, 1, 2, 3].map((round) =>
        row({ function: name, trial, seed, round, microF1: formula(which, seed, round), ...change }),
      ),
    ),
  );
}

import type { SimulationConfig } from "../../shared/contracts/engine.ts";

/**
 * Whether a trial ends before its last round: it has reached the wanted F1, or its curve is flat. Both look at
 * the measured split, which an analyst does not have: a convenience that saves simulations time.
 * @param scores micro F1 of every round so far, 0 to 1
 */
export function isDone(
  scores: readonly number[],
  { untilF1, flat }: Pick<SimulationConfig, "untilF1" | "flat">,
): boolean {
  const newest = scores.at(-1);
  if (newest === undefined) return false;
  if (untilF1 !== null && newest >= untilF1) return true;
  return flat !== null && isFlat(scores, flat.patience, flat.epsilon);
}

/** Whether the best of the last `patience` scores is less than `epsilon` above the best before them. */
function isFlat(scores: readonly number[], patience: number, epsilon: number): boolean {
  if (scores.length <= patience) return false;
  const before = Math.max(...scores.slice(0, -patience));
  return Math.max(...scores.slice(-patience)) - before < epsilon;
}

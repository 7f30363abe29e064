import { FieldmarkError } from "../../shared/errors.ts";
import type { OpenHead, TrainingNeeds } from "./head.ts";

const REMEDY =
  'Train again for this query function with the head "auto", "average" or "mlp", or choose another query function.';

/** The predicted loss ranks. @throws FieldmarkError `no-model` where the model has no loss module */
export function requireLossRanks(head: OpenHead): NonNullable<OpenHead["lossRanks"]> {
  if (head.lossRanks) return head.lossRanks.bind(head);
  throw new FieldmarkError(
    "no-model",
    `This query function needs a classifier that has learned to predict its own loss, and this model has not. ${REMEDY}`,
  );
}

/** Predictions with dropout. @throws FieldmarkError `no-model` where the model was trained without any */
export function requirePasses(head: OpenHead): NonNullable<OpenHead["passes"]> {
  if (head.passes) return head.passes.bind(head);
  throw new FieldmarkError(
    "no-model",
    `This query function needs a classifier with dropout, and this model has none. ${REMEDY}`,
  );
}

/** Whether a model gives what the next query needs. @throws FieldmarkError `no-model` saying what it lacks */
export function checkNeeds(head: OpenHead, needs: TrainingNeeds): void {
  if (needs.lossModule) requireLossRanks(head);
  if (needs.passes) requirePasses(head);
}

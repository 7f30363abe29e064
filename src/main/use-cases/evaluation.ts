import type { EvaluationSummary, ModelEstimate } from "../../shared/domain/evaluation.ts";
import { createRandom } from "../../shared/random.ts";
import type { ProjectStore } from "../../store/project-store.ts";
import { agreementOf } from "../evaluation/agreement.ts";
import { estimateModel, FEWEST_PATCHES } from "../evaluation/estimate-model.ts";
import { learningCurve } from "../evaluation/learning-curve.ts";
import { countByPatch, outcomesOf } from "../evaluation/outcomes.ts";
import { verdictOf } from "../evaluation/verdict.ts";
import { loadPredictions, type PredictionTable } from "../predictions.ts";
import { type DecidingModel, decidingModels, decisionRows } from "./deciding-models.ts";
import { activelyChosen, comparisonNeeds, newestComparison } from "./random-comparison.ts";
import { controlCount } from "./rounds.ts";
import { seedFor } from "./training.ts";

const LOOK_AHEAD = [1, 5] as const;

/** Labels of some patches, columns in a model's order of classes. */
function labelsFor(store: ProjectStore, ids: Int32Array, classIds: readonly number[]): Int8Array {
  const own = store.classes().map(({ id }) => id);
  const matrix = store.labelMatrix(ids);
  const columns = classIds.map((id) => own.indexOf(id));
  return Int8Array.from({ length: ids.length * classIds.length }, (_, at) => {
    const column = columns[at % classIds.length] ?? -1;
    return column < 0 ? -1 : (matrix[Math.floor(at / classIds.length) * own.length + column] ?? -1);
  });
}

/** Probabilities of the patches, where the table is the model's and has all of them. */
function probabilityRows(table: PredictionTable | null, ids: Int32Array): Float32Array | null {
  if (!table) return null;
  const classes = table.classIds.length;
  const rows = new Map(Array.from(table.ids, (id, row) => [id, row]));
  const found = new Float32Array(ids.length * classes).fill(Number.NaN);
  for (const [at, id] of ids.entries()) {
    const row = rows.get(id);
    if (row !== undefined)
      found.set(table.probabilities.subarray(row * classes, (row + 1) * classes), at * classes);
  }
  return found.some(Number.isNaN) ? null : found;
}

/** Measured patches that every one of the models has an opinion of and none was trained on. */
function fairPatches(store: ProjectStore, models: readonly DecidingModel[]): Int32Array {
  const known = models.map(({ decisions }) => new Set(decisions.ids));
  const seen = new Set(models.flatMap(({ decisions }) => Array.from(decisions.trainedOn)));
  return store.validationIds().filter((id) => !seen.has(id) && known.every((ids) => ids.has(id)));
}

async function currentEstimate(
  store: ProjectStore,
  newest: DecidingModel,
  ids: Int32Array,
): Promise<ModelEstimate> {
  const { classIds } = newest.decisions;
  const labels = labelsFor(store, ids, classIds);
  const table = await loadPredictions(store.paths.folder, newest.record.id);
  const random = createRandom(seedFor(store, "evaluation")).fork("current");
  const outcomes = outcomesOf(decisionRows(newest.decisions, ids), labels, classIds.length);
  return estimateModel({ outcomes, classIds, labels, probabilities: probabilityRows(table, ids) }, random);
}

function curveOf(store: ProjectStore, models: readonly DecidingModel[]) {
  const ids = fairPatches(store, models);
  const { settings } = store.project();
  const round = (store.currentRound() ?? -1) + 1;
  const trained = settings.budget - controlCount(store, round, settings.budget);
  const newest = models.at(-1);
  if (!newest || ids.length < FEWEST_PATCHES)
    return { curve: [], expected: [], gainNeeds: "samples" as const };
  const { classIds } = newest.decisions;
  const labels = labelsFor(store, ids, classIds);
  const { scores, gains } = learningCurve(
    models.map(({ record, decisions }) => ({
      labeled: record.labeled,
      counts: countByPatch(outcomesOf(decisionRows(decisions, ids), labels, classIds.length)),
    })),
    LOOK_AHEAD.map((rounds) => rounds * trained),
    createRandom(seedFor(store, "evaluation")).fork("curve"),
  );
  return {
    curve: models.flatMap(({ record }, at) => {
      const microF1 = scores[at];
      return microF1 ? [{ modelId: record.id, round: record.round, labeled: record.labeled, microF1 }] : [];
    }),
    expected: (gains ?? []).map((gain, at) => {
      const rounds = LOOK_AHEAD[at] ?? 1;
      return { rounds, patches: rounds * settings.budget, gain };
    }),
    gainNeeds: gains ? null : ("models" as const),
  };
}

function stabilityOf(models: readonly DecidingModel[]): EvaluationSummary["stability"] {
  const before = models.at(-2);
  const after = models.at(-1);
  if (!before || !after) return null;
  const known = new Set(before.decisions.ids);
  const trainedOn = new Set(after.decisions.trainedOn);
  const ids = after.decisions.ids.filter((id) => known.has(id) && !trainedOn.has(id));
  const agreement = agreementOf(decisionRows(before.decisions, ids), decisionRows(after.decisions, ids));
  return (
    agreement && {
      from: before.record.labeled,
      to: after.record.labeled,
      patches: ids.length,
      ...agreement,
    }
  );
}

/** Patches that are meant for measuring and were skipped. */
function skippedCount(store: ProjectStore, source: EvaluationSummary["source"]): number {
  const skipped = store.patchIds({
    status: "skipped",
    ...(source === "val" ? { split: "val" as const } : {}),
  });
  if (source === "val") return skipped.length;
  const control = new Set(store.controlIds());
  return skipped.filter((id) => control.has(id)).length;
}

/**
 * How good the newest model is, whether more rounds are worth it, and what active learning gained: all from what is
 * labelled and the decisions that were kept of each model, without the engine. The same labels give the same numbers.
 */
export async function evaluateProject(store: ProjectStore): Promise<EvaluationSummary> {
  const source = store.validationIds().length === 0 ? "none" : store.validationSource();
  const models = await decidingModels(store);
  const newest = models.at(-1);
  const own = newest ? fairPatches(store, [newest]) : new Int32Array(0);
  const { curve, expected, gainNeeds } = curveOf(store, models);
  const { splits } = store.counts();
  const pool = store.project().hasSplits ? splits.pool : splits.none;
  return {
    source,
    samples: own.length,
    needed: FEWEST_PATCHES,
    skipped: skippedCount(store, source),
    queriedShare: pool === 0 ? 0 : activelyChosen(store).length / pool,
    current: newest && own.length > 0 ? await currentEstimate(store, newest, own) : null,
    curve,
    expected,
    gainNeeds,
    stability: stabilityOf(models),
    verdict: verdictOf(expected),
    comparison: await newestComparison(store),
    comparisonNeeds: comparisonNeeds(store),
  };
}

/** The same evaluation with the comparison as it is now: one may have been made since. */
export async function withComparison(
  store: ProjectStore,
  summary: EvaluationSummary,
): Promise<EvaluationSummary> {
  return { ...summary, comparison: await newestComparison(store) };
}

/** What an evaluation depends on: the same text, the same evaluation. */
export function evaluationKey(store: ProjectStore): string {
  const { settings, hasSplits } = store.project();
  const { budget, seed, controlShareEarly, controlShareLate } = settings;
  const shares = [controlShareEarly, controlShareLate, budget, seed, hasSplits];
  const { splits } = store.counts();
  return JSON.stringify([
    store.newestModel()?.id,
    store.journalPosition(),
    store.currentRound(),
    store.classes().map(({ id }) => id),
    splits,
    shares,
  ]);
}

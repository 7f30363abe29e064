import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { decide } from "../../engine/metrics/metrics.ts";
import { type Comparison, comparisonSchema, type EvaluationSummary } from "../../shared/domain/evaluation.ts";
import { Cancelled, FieldmarkError } from "../../shared/errors.ts";
import { createRandom } from "../../shared/random.ts";
import type { ProjectStore } from "../../store/project-store.ts";
import { writeFileAtomically } from "../atomic-files.ts";
import type { EngineHost } from "../engine-host/engine-host.ts";
import { makeFolds } from "../evaluation/folds.ts";
import { type Counts, countByPatch, outcomesOf } from "../evaluation/outcomes.ts";
import { pairedGain } from "../evaluation/paired-gain.ts";
import { QUIET, type Work } from "../work.ts";
import { callOptions, encodeProject } from "./encoding.ts";
import { modelFolder, requireWritable } from "./project-folder.ts";
import { requireTrainable, seedFor } from "./training.ts";

const FOLDS = 5;
/** Different divisions into folds: one alone depends much on who comes together. */
const DIVISIONS = 2;
const FEWEST_SAMPLES = 30;
const FEWEST_ACTIVE = 10;

const FILE = "comparison.json";
const storedSchema = comparisonSchema.omit({ outdated: true }).extend({
  /** The newest journal entry then. */
  journalPosition: z.number().int(),
});

/** Patches that train and that a query function chose, in the order in which they were proposed. */
export function activelyChosen(store: ProjectStore): Int32Array {
  const training = new Set(store.trainingIds());
  const chosen = store
    .rounds()
    .filter((round) => round.number > 0 && round.function !== "random")
    .flatMap((round) => round.patchIds)
    .filter((id) => training.has(id));
  return Int32Array.from(new Set(chosen));
}

/** What is missing for a comparison; null where it can be made. */
export function comparisonNeeds(store: ProjectStore): EvaluationSummary["comparisonNeeds"] {
  const samples = store.validationIds().length;
  if (samples < FEWEST_SAMPLES) return { what: "samples", have: samples, needed: FEWEST_SAMPLES };
  const active = activelyChosen(store).length;
  return active < FEWEST_ACTIVE ? { what: "active", have: active, needed: FEWEST_ACTIVE } : null;
}

/** Null where none was made. One that is damaged is as good as none. */
export async function newestComparison(store: ProjectStore): Promise<Comparison | null> {
  const model = store
    .models()
    .findLast(({ id }) => existsSync(join(modelFolder(store.paths.folder, id), FILE)));
  if (!model) return null;
  const text = await readFile(join(modelFolder(store.paths.folder, model.id), FILE), "utf8");
  try {
    const { journalPosition, ...comparison } = storedSchema.parse(JSON.parse(text));
    return { ...comparison, outdated: journalPosition !== store.journalPosition() };
  } catch {
    return null;
  }
}

/**
 * What active learning gained over labelling at random, on this project's own labels. Both sides start from what no
 * query function chose (round 0 and what was picked by hand). The active side adds the first n patches that the query
 * function chose, in its order; the random side adds n patches of the control stream (or the val split), which were
 * drawn at random, and both are measured on the patches of it that the random side left out (k folds).
 * Labels may change meanwhile: the comparison is of the labels when it began. Kept beside the newest model.
 * @throws FieldmarkError `no-labels` while there are too few patches, `read-only`
 */
export async function compareWithRandom(
  store: ProjectStore,
  engine: EngineHost,
  work: Work,
): Promise<Comparison> {
  requireWritable(store);
  requireTrainable(store);
  const needs = comparisonNeeds(store);
  const model = store.newestModel();
  if (needs || !model) {
    throw new FieldmarkError(
      "no-labels",
      !needs
        ? "There is no model yet. Train first, then compare."
        : needs.what === "samples"
          ? `A comparison with random labelling needs ${needs.needed} confirmed patches that were drawn at random, and there are ${needs.have}. Label on: every round draws some.`
          : `A comparison with random labelling needs ${needs.needed} confirmed patches that a query function chose, and there are ${needs.have}. Label on: every round chooses some.`,
    );
  }
  const { encoder } = store.project().settings;
  const { folder: embeddings, failures } = await encodeProject(store, engine, encoder, work);
  const unreadable = new Set(failures.map(({ id }) => id));

  // One look at the labels, so that those given meanwhile can't come in on one side only.
  const journalPosition = store.journalPosition();
  const kind = store.project().kind;
  const source = store.validationSource() === "val" ? ("val" as const) : ("control" as const);
  const classIds = store.classes().map(({ id }) => id);
  const samples = store.validationIds().filter((id) => !unreadable.has(id));
  const chosen = activelyChosen(store);
  const isChosen = new Set(chosen);
  const training = store.trainingIds();
  const start = training.filter((id) => !isChosen.has(id));
  const everything = Int32Array.from([...training, ...samples]);
  const matrix = store.labelMatrix(everything);
  const rowOf = new Map(Array.from(everything, (id, row) => [id, row]));
  const added = Math.min(chosen.length, Math.floor((samples.length * (FOLDS - 1)) / FOLDS));
  const random = createRandom(seedFor(store, "comparison"));
  const seed = seedFor(store, "comparison-training");

  const labelsOf = (ids: Int32Array): Int8Array => {
    const states = new Int8Array(ids.length * classIds.length);
    for (const [at, id] of ids.entries()) {
      const row = (rowOf.get(id) ?? 0) * classIds.length;
      states.set(matrix.subarray(row, row + classIds.length), at * classIds.length);
    }
    return states;
  };

  const { heads } = await engine.call("status", undefined, callOptions(work));
  const head = heads.find(({ id }) => id === model.head)?.id ?? "auto";
  const scratch = join(store.paths.cache, `comparison-${randomUUID()}`);
  const trainings = 1 + FOLDS * DIVISIONS;
  let done = 0;

  /** Trains on `ids` and says what became of the labels of `test`, one entry a patch. */
  async function measured(ids: Int32Array, test: Int32Array): Promise<Counts[]> {
    if (work.signal?.aborted) throw new Cancelled();
    const options = callOptions({ ...QUIET, ...(work.signal ? { signal: work.signal } : {}) });
    const out = join(scratch, String(done));
    const nothing = { ids: new Int32Array(0), states: new Int8Array(0) };
    const train = { ids, states: labelsOf(ids) };
    await engine.call(
      "train",
      { embeddings, kind, classIds, train, validation: nothing, head, seed, out },
      options,
    );
    const { probabilities } = await engine.call("predict", { embeddings, model: out, ids: test }, options);
    await rm(out, { recursive: true, force: true });
    done++;
    work.progress({ done, total: trainings, message: `Training ${done} of ${trainings}` });
    const decisions = decide(probabilities, classIds.length, kind);
    return countByPatch(outcomesOf(decisions, labelsOf(test), classIds.length));
  }

  try {
    work.progress({ done: 0, total: trainings, message: "Training on actively chosen labels" });
    const active = await measured(Int32Array.from([...start, ...chosen.subarray(0, added)]), samples);
    const drawn = new Map<number, Counts>(
      Array.from(samples, (id) => [id, { hits: 0, falseAlarms: 0, misses: 0 }]),
    );
    for (let division = 0; division < DIVISIONS; division++) {
      for (const { train, test } of makeFolds(samples, FOLDS, random.fork(`folds-${division}`))) {
        const counts = await measured(Int32Array.from([...start, ...train.subarray(0, added)]), test);
        for (const [at, id] of test.entries()) {
          const total = drawn.get(id);
          const own = counts[at];
          if (!total || !own) continue;
          total.hits += own.hits / DIVISIONS;
          total.falseAlarms += own.falseAlarms / DIVISIONS;
          total.misses += own.misses / DIVISIONS;
        }
      }
    }
    const gain = pairedGain(
      active,
      Array.from(samples, (id) => drawn.get(id) ?? { hits: 0, falseAlarms: 0, misses: 0 }),
      FOLDS,
      random.fork("bootstrap"),
    );
    const comparison = {
      createdAt: new Date().toISOString(),
      source,
      start: start.length,
      added,
      samples: samples.length,
      ...gain,
    };
    const file = join(modelFolder(store.paths.folder, model.id), FILE);
    await writeFileAtomically(file, `${JSON.stringify({ ...comparison, journalPosition }, null, 1)}\n`);
    return { ...comparison, outdated: journalPosition !== store.journalPosition() };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

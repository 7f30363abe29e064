// Checks what the control stream says against the truth, on UC Merced with its labels as the analyst.
//   node scripts/run.mjs scripts/studies/control-stream.ts --project LABELLED.fieldmark [--first 11] [--seeds 10] [--rounds 10] [--budget 30]
//     [--head kernel] [--function auto]
// LABELLED is a project with finished labels and embeddings, as `ucmerced.ts --work` leaves one. Each seed draws its own
// pool of 500 patches; the other patches tell the truth. Prints one JSON line a seed, and a summary.
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { decide } from "../../src/engine/metrics/metrics.ts";
import { createEngineHost } from "../../src/main/engine-host/engine-host.ts";
import { spawnEngineChild } from "../../src/main/engine-host/spawn-child.ts";
import { countByPatch, f1, outcomesOf, sum } from "../../src/main/evaluation/outcomes.ts";
import { evaluateProject } from "../../src/main/use-cases/evaluation.ts";
import { learnFromLabels } from "../../src/main/use-cases/learning.ts";
import { activelyChosen, compareWithRandom } from "../../src/main/use-cases/random-comparison.ts";
import { runRound } from "../../src/main/use-cases/rounds.ts";
import { QUIET } from "../../src/main/work.ts";
import { createRandom } from "../../src/shared/random.ts";
import { openProject, type ProjectStore } from "../../src/store/project-store.ts";

const { values } = parseArgs({
  options: {
    project: { type: "string" },
    first: { type: "string", default: "11" },
    seeds: { type: "string", default: "10" },
    rounds: { type: "string", default: "10" },
    budget: { type: "string", default: "30" },
    head: { type: "string", default: "kernel" },
    function: { type: "string", default: "auto" },
    encoder: { type: "string", default: "rcf" },
  },
});
if (values.project === undefined) throw new Error("--project FOLDER is missing.");
const [first, seeds, rounds, budget] = [
  Number(values.first),
  Number(values.seeds),
  Number(values.rounds),
  Number(values.budget),
];
const { head, encoder } = values;
const POOL = 500;
const TRUTH_DRAWS = 8;
const REVIEWER = { annotator: "truth", round: null };

const work = mkdtempSync(join(tmpdir(), "fieldmark-control-"));
const engine = createEngineHost(spawnEngineChild);

/** The finished labels, and a copy of the project without any. */
function prepare(seed: number) {
  const folder = join(work, `seed-${seed}.fieldmark`);
  cpSync(values.project ?? "", folder, {
    recursive: true,
    filter: (path) => !path.endsWith(".lock") && !path.includes(`${"models"}/`),
  });
  const store = openProject(folder);
  const ids = store.patchIds({ status: "confirmed" });
  const labels = store.labelsOf(ids);
  const everything = Array.from(ids);
  store.changeLabels(
    everything.flatMap((patchId) => store.classes().map(({ id }) => ({ patchId, classId: id, state: null }))),
    { ...REVIEWER, origin: "manual" },
  );
  store.confirm(everything, false, REVIEWER);
  const pool = new Set(createRandom(seed).fork("pool").sample(everything, POOL));
  store.setSplits(everything.map((patchId) => ({ patchId, split: pool.has(patchId) ? "pool" : "test" })));
  store.saveSettings({ seed, encoder, budget });
  const present = (id: number, classId: number) => labels.get(id)?.[String(classId)] === "present";
  return {
    store,
    folder,
    present,
    pool: [...pool],
    test: Int32Array.from(everything.filter((id) => !pool.has(id))),
  };
}

type Truth = ReturnType<typeof prepare>;

function label({ store, present }: Truth, patchIds: readonly number[]): void {
  const changes = patchIds.flatMap((patchId) =>
    store
      .classes()
      .flatMap(({ id }) =>
        present(patchId, id) ? [{ patchId, classId: id, state: "present" as const }] : [],
      ),
  );
  store.changeLabels(changes, { ...REVIEWER, origin: "manual" });
  store.confirm(patchIds, true, REVIEWER);
}

function statesOf({ store, present }: Truth, ids: ArrayLike<number>): Int8Array {
  const classes = store.classes();
  return Int8Array.from(Array.from(ids).flatMap((id) => classes.map((one) => (present(id, one.id) ? 1 : 0))));
}

async function score(truth: Truth, model: string, ids: Int32Array): Promise<number> {
  const { store } = truth;
  const embeddings = join(store.paths.embeddings, encoder);
  const { probabilities } = await engine.call("predict", { embeddings, model, ids });
  const classes = store.classes().length;
  const decisions = decide(probabilities, classes, store.project().kind);
  return f1(sum(countByPatch(outcomesOf(decisions, statesOf(truth, ids), classes))));
}

async function trainOn(truth: Truth, ids: readonly number[], seed: number): Promise<number> {
  const { store, test } = truth;
  const out = join(store.paths.cache, "truth");
  await engine.call("train", {
    embeddings: join(store.paths.embeddings, encoder),
    kind: store.project().kind,
    classIds: store.classes().map(({ id }) => id),
    train: { ids: Int32Array.from(ids), states: statesOf(truth, ids) },
    validation: { ids: new Int32Array(0), states: new Int8Array(0) },
    head,
    seed,
    out,
  });
  return score(truth, out, test);
}

const modelPath = (store: ProjectStore, id: string) => join(store.paths.models, id);
const within = (value: number, interval: { low: number; high: number } | null | undefined) =>
  interval ? Number(value >= interval.low && value <= interval.high) : Number.NaN;

async function study(seed: number) {
  const truth = prepare(seed);
  const { store, pool, test } = truth;
  const curve: { labeled: number; truth: number; estimate: number | null; covered: number }[] = [];
  const looks: {
    expected: number;
    low: number;
    high: number;
    from: number;
    rounds: number;
    round: number;
  }[] = [];
  for (let round = 0; round <= rounds; round++) {
    const { items, model } = await runRound(
      store,
      engine,
      { function: round === 0 ? "random" : values.function, options: {}, budget, encoder, head },
      QUIET,
    );
    if (model) {
      const real = await score(truth, model.folder, test);
      const summary = await evaluateProject(store);
      const own = summary.current?.microF1 ?? null;
      curve.push({
        labeled: model.labeled,
        truth: real,
        estimate: own?.value ?? null,
        covered: within(real, own?.interval),
      });
      for (const { rounds: ahead, gain } of summary.expected) {
        looks.push({
          expected: gain.value,
          low: gain.interval?.low ?? Number.NaN,
          high: gain.interval?.high ?? Number.NaN,
          from: real,
          rounds: ahead,
          round,
        });
      }
    }
    label(
      truth,
      items.map(({ patchId }) => patchId),
    );
  }
  const { model } = await learnFromLabels(store, engine, { encoder, head }, QUIET);
  const summary = await evaluateProject(store);
  const last = await score(truth, modelPath(store, model.id), test);
  // What the same model says of the rest of its pool: nobody labelled it.
  const rest = Int32Array.from(store.candidateIds());
  const estimate = summary.current?.microF1;
  const truths = [...curve.map((point) => point.truth), last];
  const ahead = looks.flatMap(({ rounds: count, round, ...look }) => {
    const later = truths[round - 1 + count];
    if (later === undefined) return [];
    const real = later - look.from;
    return [
      {
        rounds: count,
        real,
        expected: look.expected,
        half: (look.high - look.low) / 2,
        covered: within(real, look),
      },
    ];
  });
  const comparison = await compareWithRandom(store, engine, QUIET);
  const chosen = activelyChosen(store);
  const isChosen = new Set(chosen);
  const start = Array.from(store.trainingIds()).filter((id) => !isChosen.has(id));
  const active = await trainOn(truth, [...start, ...chosen.subarray(0, comparison.added)], seed);
  const draws: number[] = [];
  const started = new Set(start);
  const others = pool.filter((id) => !started.has(id));
  for (let draw = 0; draw < TRUTH_DRAWS; draw++) {
    const drawn = createRandom(seed).fork(`truth-${draw}`).sample(others, comparison.added);
    draws.push(await trainOn(truth, [...start, ...drawn], seed));
  }
  const random = draws.reduce((total, value) => total + value, 0) / draws.length;
  const { gain, added } = comparison;
  const result = {
    seed,
    queried: summary.queriedShare,
    samples: summary.samples,
    microF1: {
      estimate: estimate?.value,
      interval: estimate?.interval,
      truth: last,
      rest: await score(truth, modelPath(store, model.id), rest),
    },
    gain: { added, estimate: gain.value, interval: gain.interval, truth: active - random },
    curve,
    ahead,
  };
  store.close();
  rmSync(truth.folder, { recursive: true });
  return result;
}

const results: Awaited<ReturnType<typeof study>>[] = [];
try {
  for (let seed = first; seed < first + seeds; seed++) {
    const result = await study(seed);
    results.push(result);
    console.log(JSON.stringify(result));
  }
} finally {
  engine.close();
  rmSync(work, { recursive: true, force: true });
}
const mean = (numbers: readonly number[]) => {
  const known = numbers.filter((value) => !Number.isNaN(value));
  return known.reduce((total, value) => total + value, 0) / known.length;
};
const points = (value: number) => (100 * value).toFixed(1);
const error = (pairs: readonly (readonly [number, number])[]) =>
  `bias ${points(mean(pairs.map(([a, b]) => a - b)))}, root mean square error ${points(Math.sqrt(mean(pairs.map(([a, b]) => (a - b) ** 2))))}`;
const finals = results.map((one) => one.microF1);
console.log(
  `micro F1, last model: ${error(finals.map((one) => [one.estimate ?? Number.NaN, one.truth]))}, interval holds the truth in ${points(mean(finals.map((one) => within(one.truth, one.interval))))} %`,
);
console.log(
  `  truth on unseen patches ${points(mean(finals.map((one) => one.truth)))}, on the rest of the pool ${points(mean(finals.map((one) => one.rest)))}`,
);
const early = results.flatMap((one) => one.curve.filter((point) => point.estimate !== null));
console.log(
  `micro F1, all rounds: ${error(early.map((point) => [point.estimate ?? Number.NaN, point.truth]))}, interval holds the truth in ${points(mean(early.map((point) => point.covered)))} %`,
);
const gains = results.map((one) => one.gain);
console.log(
  `gain over random: estimate ${points(mean(gains.map((one) => one.estimate)))}, truth ${points(mean(gains.map((one) => one.truth)))}; ${error(gains.map((one) => [one.estimate, one.truth]))}, interval holds the truth in ${points(mean(gains.map((one) => within(one.truth, one.interval))))} %`,
);
for (const count of [1, 5]) {
  const own = results.flatMap((one) => one.ahead.filter((look) => look.rounds === count));
  console.log(
    `gain of ${count} more rounds: expected ${points(mean(own.map((look) => look.expected)))}, real ${points(mean(own.map((look) => look.real)))}; ${error(own.map((look) => [look.expected, look.real]))}, interval ± ${points(mean(own.map((look) => look.half)))}, holds the real one in ${points(mean(own.map((look) => look.covered)))} % of ${own.length}`,
  );
}

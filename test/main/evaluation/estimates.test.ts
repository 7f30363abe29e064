import { expect, it } from "vitest";
import { averagePrecision } from "../../../src/engine/metrics/average-precision.ts";
import { agreementOf } from "../../../src/main/evaluation/agreement.ts";
import { estimateModel, FEWEST_OF_CLASS } from "../../../src/main/evaluation/estimate-model.ts";
import { makeFolds } from "../../../src/main/evaluation/folds.ts";
import { countByClass, countByPatch, outcomesOf, sum } from "../../../src/main/evaluation/outcomes.ts";
import { pairedGain } from "../../../src/main/evaluation/paired-gain.ts";
import { rankClass, weightedAveragePrecision } from "../../../src/main/evaluation/ranked-class.ts";
import { createRandom, type Random } from "../../../src/shared/random.ts";

it("counts outcomes by class and by patch, without what is masked", () => {
  const decisions = Uint8Array.of(1, 0, 1, 1, 0, 0);
  const labels = Int8Array.of(1, 1, 0, -1, 0, 1);
  const outcomes = outcomesOf(decisions, labels, 2);
  expect(countByClass(outcomes)).toEqual([
    { hits: 1, falseAlarms: 1, misses: 0 },
    { hits: 0, falseAlarms: 0, misses: 2 },
  ]);
  expect(countByPatch(outcomes)).toEqual([
    { hits: 1, falseAlarms: 0, misses: 1 },
    { hits: 0, falseAlarms: 1, misses: 0 },
    { hits: 0, falseAlarms: 0, misses: 1 },
  ]);
  const twice = Int32Array.of(2, 0, 1);
  expect(sum(countByClass(outcomes, twice))).toEqual(sum(countByPatch(outcomes), twice));
});

it("weighs average precision as if patches were there several times", () => {
  const random = createRandom(5);
  const rows = 40;
  const probabilities = Float32Array.from({ length: rows }, () => random.integer(12) / 12);
  const labels = Int8Array.from({ length: rows }, () => random.integer(3) - 1);
  const weights = Int32Array.from({ length: rows }, () => random.integer(4));
  const repeated = Array.from(weights).flatMap((weight, row) => Array<number>(weight).fill(row));
  const reviewed = repeated.filter((row) => labels[row] !== -1);
  const expected = averagePrecision(
    reviewed.map((row) => probabilities[row]!),
    reviewed.map((row) => labels[row]!),
  );
  expect(weightedAveragePrecision(rankClass(probabilities, labels, 1, 0), weights)).toBeCloseTo(
    expected ?? -1,
    12,
  );
});

it("computes flips and Cohen's kappa as by hand", () => {
  // 20 both, 5 only before, 10 only after, 15 neither: A₀ = 0.7, Aₑ = 0.5·0.6 + 0.5·0.4 = 0.5.
  const before = [...Array<number>(25).fill(1), ...Array<number>(25).fill(0)];
  const after = [
    ...Array<number>(20).fill(1),
    ...Array<number>(5).fill(0),
    ...Array<number>(10).fill(1),
    ...Array<number>(15).fill(0),
  ];
  const agreement = agreementOf(before, after);
  expect(agreement?.flipped).toBeCloseTo(0.3, 12);
  expect(agreement?.kappa).toBeCloseTo(0.4, 12);
  expect(agreementOf([0, 0], [0, 0])).toEqual({ flipped: 0, kappa: null });
  expect(agreementOf([], [])).toBeNull();
});

it("divides patches into folds that together are all of them", () => {
  const ids = Int32Array.from({ length: 23 }, (_, at) => 100 + at);
  const folds = makeFolds(ids, 5, createRandom(1));
  expect(folds.flatMap(({ test }) => Array.from(test)).sort((a, b) => a - b)).toEqual(Array.from(ids));
  for (const { train, test } of folds) {
    expect(train.length + test.length).toBe(23);
    expect(Array.from(train).some((id) => test.includes(id))).toBe(false);
  }
});

/** Classes: how often present, found where present, and claimed where absent. */
const WORLD = [
  { present: 0.6, found: 0.9, claimed: 0.1 },
  { present: 0.3, found: 0.8, claimed: 0.08 },
  { present: 0.25, found: 0.65, claimed: 0.05 },
  { present: 0.12, found: 0.7, claimed: 0.03 },
  { present: 0.05, found: 0.4, claimed: 0.01 },
] as const;

/**
 * Patches of the world with a classifier's decisions. Half of the patches are hard ones, where all classes are found
 * less often: errors come together, as on real patches.
 */
function draw(patches: number, random: Random) {
  const labels = new Int8Array(patches * WORLD.length);
  const decisions = new Uint8Array(labels.length);
  for (let row = 0; row < patches; row++) {
    const ease = random.next() < 0.5 ? 0.1 : -0.1;
    for (const [column, { present, found, claimed }] of WORLD.entries()) {
      const at = row * WORLD.length + column;
      labels[at] = random.next() < present ? 1 : 0;
      decisions[at] = Number(random.next() < (labels[at] === 1 ? found + ease : claimed - ease * claimed));
    }
  }
  return { labels, decisions };
}

/** In expectation the ease cancels out. */
const TRUE_HITS = WORLD.reduce((total, { present, found }) => total + present * found, 0);
const TRUE_CLAIMS = WORLD.reduce((total, { present, claimed }) => total + (1 - present) * claimed, 0);
const TRUE_PRESENT = WORLD.reduce((total, { present }) => total + present, 0);
const TRUE_F1 = (2 * TRUE_HITS) / (TRUE_HITS + TRUE_CLAIMS + TRUE_PRESENT);

const classIds = WORLD.map((_, column) => column + 1);

function estimated(patches: number, seed: string) {
  const { labels, decisions } = draw(patches, createRandom(seed));
  const outcomes = outcomesOf(decisions, labels, WORLD.length);
  return estimateModel(
    { outcomes, classIds, labels, probabilities: null },
    createRandom(`${seed} bootstrap`),
  );
}

it.each([
  [20, 0.02],
  [100, 0.01],
])(
  "holds the true micro F1, recall and class F1 in about 95 of 100 intervals (%i patches)",
  (patches, bias) => {
    const trials = 200;
    let [f1, recall, ofClass, values] = [0, 0, 0, 0];
    const trueRecall = TRUE_HITS / TRUE_PRESENT;
    const [first] = WORLD;
    const firstHits = first.present * first.found;
    const trueClass = (2 * firstHits) / (firstHits + first.present + (1 - first.present) * first.claimed);
    const holds = (interval: { low: number; high: number } | null | undefined, truth: number) =>
      Number(interval ? interval.low <= truth && truth <= interval.high : false);
    for (let trial = 0; trial < trials; trial++) {
      const estimate = estimated(patches, `coverage ${patches} ${trial}`);
      f1 += holds(estimate.microF1?.interval, TRUE_F1) / trials;
      recall += holds(estimate.recall?.interval, trueRecall) / trials;
      ofClass += holds(estimate.perClass[0]?.f1?.interval, trueClass) / trials;
      values += (estimate.microF1?.value ?? 0) / trials;
    }
    // Three standard errors of 200 trials are five points.
    for (const coverage of [f1, recall, ofClass]) {
      expect(coverage).toBeGreaterThan(0.9);
      expect(coverage).toBeLessThanOrEqual(0.995);
    }
    expect(Math.abs(values - TRUE_F1)).toBeLessThan(bias);
  },
);

it("says nothing of too few patches, and nothing of classes that too few of them show", () => {
  const few = estimated(19, "few");
  expect(few).toMatchObject({ samples: 19, microF1: null, macroF1: null, mAP: null });
  const enough = estimated(40, "enough");
  expect(enough.microF1?.interval).not.toBeNull();
  for (const { support, f1 } of enough.perClass) expect(f1 === null).toBe(support < FEWEST_OF_CLASS);
  expect(enough.averagedClasses).toBe(
    enough.perClass.filter(({ support }) => support >= FEWEST_OF_CLASS).length,
  );
  // Without probabilities there is no ranking.
  expect(enough.mAP).toBeNull();
  expect(estimated(40, "enough")).toEqual(enough);
});

it("compares two models on the same patches", () => {
  const random = createRandom(3);
  const { labels, decisions } = draw(60, random);
  const own = countByPatch(outcomesOf(decisions, labels, WORLD.length));
  expect(pairedGain(own, own, 5, random).gain).toEqual({ value: 0, interval: { low: 0, high: 0 } });
  // The other model finds nothing on every second patch.
  const worse = own.map((counts, at) =>
    at % 2 === 0 ? counts : { hits: 0, falseAlarms: 0, misses: counts.hits + counts.misses },
  );
  const { gain, active, random: drawn } = pairedGain(own, worse, 5, random);
  expect(gain.value).toBeCloseTo(active - drawn, 12);
  expect(gain.interval?.low).toBeGreaterThan(0);
  expect(gain.interval?.high).toBeGreaterThan(gain.value);
});

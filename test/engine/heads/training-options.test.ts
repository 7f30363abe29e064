import { describe, expect, it } from "vitest";
import { calibrate } from "../../../src/engine/heads/calibration.ts";
import { balancedWeights } from "../../../src/engine/heads/class-weights.ts";
import { NO_NEEDS } from "../../../src/engine/heads/head.ts";
import { makeBatch } from "../../../src/engine/heads/mlp/batches.ts";
import { EarlyStopping, holdOut } from "../../../src/engine/heads/mlp/early-stopping.ts";
import { mlp } from "../../../src/engine/heads/mlp/index.ts";
import { chooseThresholds } from "../../../src/engine/heads/thresholds.ts";
import { QUIET_WORK } from "../../../src/engine/work.ts";
import { createRandom } from "../../../src/shared/random.ts";
import { blobs, tf, vectorsOf } from "../fixture.ts";

describe("balanced class weights", () => {
  it("are absent ÷ present among the reviewed, at most ten", () => {
    const labels = Int8Array.from(
      [
        [1, 0, 1, 0],
        [0, 0, 1, 0],
        [0, -1, 1, 0],
        [0, 1, 0, 0],
      ].flat(),
    );
    expect(Array.from(balancedWeights(labels, 4, "multi-label"))).toEqual([3, 2, Math.fround(1 / 3), 1]);
    const rare = Int8Array.from({ length: 100 }, (_, i) => (i === 0 ? 1 : 0));
    expect(balancedWeights(rare, 1, "multi-label")[0]).toBe(10);
  });

  it('agree with scikit-learn\'s "balanced" in single-label projects', () => {
    // compute_class_weight("balanced", classes=[0, 1], y=[0, 0, 0, 1]) = [0.6667, 2].
    const labels = Int8Array.of(1, 0, 1, 0, 1, 0, 0, 1);
    const weights = balancedWeights(labels, 2, "single-label");
    expect(weights[0]).toBeCloseTo(2 / 3, 6);
    expect(weights[1]).toBe(2);
  });

  it("weigh what is present in the loss, and whole rows by their class in single-label projects", () => {
    const vectors = vectorsOf([[1], [2]]);
    const data = { vectors, labels: Int8Array.of(1, 0, 0, -1), classes: 2 };
    const multi = makeBatch(tf, vectors, data, [0, 1], "multi-label", Float32Array.of(3, 5))!;
    // Three reviewed entries: 3/3 for the present one, 1/3 for absent ones, 0 where masked.
    Array.from(multi.importance.dataSync()).forEach((weight, i) => {
      expect(weight).toBeCloseTo([1, 1 / 3, 1 / 3, 0][i]!, 6);
    });
    const softmax = { ...data, labels: Int8Array.of(1, 0, 0, 1) };
    const single = makeBatch(tf, vectors, softmax, [0, 1], "single-label", Float32Array.of(3, 5))!;
    expect(Array.from(single.importance.dataSync())).toEqual([1.5, 1.5, 2.5, 2.5]);
  });

  it("find more of a rare class", async () => {
    const { vectors } = blobs(120, 6, 2, 1, 4);
    // Present on every tenth patch of kind 0: a few, and no way to tell which.
    const labels = Int8Array.from({ length: 120 }, (_, row) => (row % 2 === 0 && row % 10 === 0 ? 1 : 0));
    const predicted = async (classWeights: "none" | "balanced") => {
      const options = mlp.options.parse({ epochs: 40, calibrate: false, classWeights });
      const context = { tf, kind: "multi-label" as const, random: createRandom(1), work: QUIET_WORK };
      const data = { vectors, labels, classes: 1 };
      const { state } = await mlp.train(data, options, { ...context, warmStart: null, needs: NO_NEEDS });
      return mlp
        .open(state, "multi-label", tf)
        .probabilities(vectors)
        .filter((p) => p >= 0.5).length;
    };
    expect(await predicted("balanced")).toBeGreaterThan(await predicted("none"));
  });
});

describe("early stopping", () => {
  it("holds out a fifth, apart from the rest, and nothing of very few", () => {
    const { train, heldOut } = holdOut(50, createRandom(2));
    expect([train.length, heldOut.length]).toEqual([40, 10]);
    expect(new Set([...train, ...heldOut]).size).toBe(50);
    expect(holdOut(9, createRandom(2)).heldOut).toHaveLength(0);
  });

  it("keeps the best weights and stops after ten epochs without better ones", () => {
    const before = tf.memory().numTensors;
    const stopping = new EarlyStopping(50, ({ w }: { w: ReturnType<typeof tf.tensor2d> }) => ({
      w: w.clone(),
    }));
    const stops = [5, 3, 4, 2, ...new Array<number>(10).fill(2.5)].map((loss) => {
      const w = tf.tensor2d([[loss]]);
      const stop = stopping.observe(loss, { w });
      w.dispose();
      return stop;
    });
    expect(stops.indexOf(true)).toBe(13);
    expect(stopping.best?.w.dataSync()[0]).toBe(2);
    stopping.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it("ends a training that learns nothing more, with the seed's own result", async () => {
    const { vectors } = blobs(60, 6, 3, 1, 4);
    const source = createRandom(8);
    const labels = Int8Array.from({ length: 60 }, () => source.integer(2));
    const run = async () => {
      const options = mlp.options.parse({ epochs: 300, earlyStopping: true, calibrate: false });
      const context = { tf, kind: "multi-label" as const, random: createRandom(1), work: QUIET_WORK };
      const data = { vectors, labels, classes: 1 };
      return mlp.train(data, options, { ...context, warmStart: null, needs: NO_NEEDS });
    };
    const before = tf.memory().numTensors;
    const first = await run();
    expect(tf.memory().numTensors).toBe(before);
    expect(first.epochs).toBeLessThan(300);
    expect((await run()).state).toEqual(first.state);
  });
});

describe("thresholds", () => {
  it("are drawn towards the frequency of the labels where there are few", () => {
    // A weak model: scores near the class's share. The best F1 takes everything for present.
    const source = createRandom(5);
    const few = (rows: number) => {
      const labels = Int8Array.from({ length: rows }, (_, row) => (row % 2 === 0 ? 1 : 0));
      const scores = Float64Array.from(labels, (label) => 0.48 + 0.02 * label + 0.05 * source.normal());
      return { scores, labels, classes: 1 };
    };
    const [small, large] = [few(20), few(2000)];
    const taken = ({ scores }: { scores: Float64Array }, threshold: number) =>
      scores.filter((score) => score >= threshold).length / scores.length;
    expect(taken(small, chooseThresholds(small)[0]!)).toBeLessThan(0.75);
    expect(taken(large, chooseThresholds(large)[0]!)).toBeGreaterThan(0.9);
  });

  it("are the best ones where there are many labels", () => {
    const source = createRandom(6);
    const labels = Int8Array.from({ length: 4000 }, (_, i) => (i % 2 === 0 ? source.integer(2) : 0));
    // Class 0 is cut best at 0.5; class 1 is never present.
    const scores = Float64Array.from(labels, (label) => 0.35 + 0.3 * label + 0.03 * source.normal());
    const [first, second] = chooseThresholds({ scores, labels, classes: 2 });
    expect(first).toBeGreaterThan(0.44);
    expect(first).toBeLessThan(0.56);
    expect(second).toBeGreaterThan(0.4);
  });

  it("say something finite where nothing is present or reviewed", () => {
    for (const state of [0, -1, 1]) {
      const labels = new Int8Array(6).fill(state);
      const { thresholds, slope } = calibrate(
        { scores: Float64Array.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6), labels, classes: 2 },
        "multi-label",
      );
      expect([...thresholds, slope].every(Number.isFinite)).toBe(true);
    }
  });

  it("are chosen for the small network on patches that it has not seen", async () => {
    const { vectors, labels } = blobs(60, 8, 4, 3, 5);
    const context = { tf, kind: "multi-label" as const, random: createRandom(1), work: QUIET_WORK };
    const train = (calibrated: boolean) =>
      mlp.train({ vectors, labels, classes: 3 }, mlp.options.parse({ epochs: 10, calibrate: calibrated }), {
        ...context,
        warmStart: null,
        needs: NO_NEEDS,
      });
    const before = tf.memory().numTensors;
    const [plain, calibrated] = [await train(false), await train(true)];
    expect(tf.memory().numTensors).toBe(before);
    expect(plain.state.config.calibration).toBeNull();
    const head = mlp.open(calibrated.state, "multi-label", tf);
    const raw = mlp.open(plain.state, "multi-label", tf);
    // The network itself is the same: gradients are those of its own outputs.
    expect(head.lastLayer(vectors)).toEqual(raw.lastLayer(vectors));
    expect(head.probabilities(vectors)).not.toEqual(raw.probabilities(vectors));
  });
});

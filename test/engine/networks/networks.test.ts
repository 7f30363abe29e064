import { beforeAll, describe, expect, it } from "vitest";
import type { EngineMath, Tensor } from "../../../src/engine/backends/index.ts";
import { NETWORKS } from "../../../src/engine/networks/index.ts";
import { openKernels } from "../../../src/engine/networks/kernels.ts";
import { LossModule } from "../../../src/engine/networks/loss-module.ts";
import type { Network } from "../../../src/engine/networks/network.ts";
import { Adam } from "../../../src/engine/networks/optimisers/adam.ts";
import { Sgd } from "../../../src/engine/networks/optimisers/sgd.ts";
import { type StepOptions, trainingStep } from "../../../src/engine/networks/training-step.ts";
import { findEntry } from "../../../src/engine/registry.ts";
import { createRandom } from "../../../src/shared/random.ts";
import { nativeMath, REASON, withoutNative } from "./native.ts";
import { uniform } from "./reference/formula.ts";

describe.skipIf(withoutNative)(`networks (${REASON})`, () => {
  let tf: EngineMath;

  beforeAll(async () => {
    tf = await nativeMath();
  });

  function create(
    id: string,
    shape = { bands: 3, classes: 2 },
    seed = 1,
    stem: "standard" | "small" = "small",
  ): Network {
    return findEntry("network", NETWORKS, id).create(tf, shape, { stem }, createRandom(seed));
  }

  function images(count: number, side: number, bands: number): Tensor {
    return tf.tensor(Float32Array.from(uniform("pixels", count * side * side * bands)), [
      count,
      side,
      side,
      bands,
    ]);
  }

  it("have as many weights as published", () => {
    const counts = NETWORKS.map((network) => {
      const made = network.create(tf, { bands: 3, classes: 17 }, { stem: "standard" }, null);
      const { parameterCount, tapChannels, featureCount } = made;
      const module = new LossModule(openKernels(tf), tapChannels, createRandom(1));
      const counts = {
        id: made.id,
        parameterCount,
        with: parameterCount + module.parameterCount,
        featureCount,
        tapChannels,
      };
      module.dispose();
      made.dispose();
      return counts;
    });
    expect(counts).toEqual([
      {
        id: "densenet-121",
        parameterCount: 6_971_281,
        with: 7_332_754,
        featureCount: 1024,
        tapChannels: [256, 512, 1024, 1024],
      },
      // torchvision's 11,689,512 and 25,557,032 have 1,000 classes.
      {
        id: "resnet-18",
        parameterCount: 11_689_512 - 983 * 513,
        with: expect.any(Number),
        featureCount: 512,
        tapChannels: [64, 128, 256, 512],
      },
      {
        id: "resnet-50",
        parameterCount: 25_557_032 - 983 * 2049,
        with: expect.any(Number),
        featureCount: 2048,
        tapChannels: [256, 512, 1024, 2048],
      },
    ]);
  });

  it("start from He's variance, the same for the same seed", () => {
    const network = create("resnet-18");
    const weights = network.parameters.get("layer3.0.conv2.weight")!.variable.read();
    const variance = weights.reduce((sum, value) => sum + value * value, 0) / weights.length;
    expect(variance / (2 / (9 * 256))).toBeCloseTo(1, 1);
    const again = create("resnet-18");
    const other = create("resnet-18", undefined, 2);
    const some = (from: Network) =>
      ["conv1.weight", "layer4.0.downsample.0.weight", "fc.bias"].map((n) => from.state()[n]);
    expect(some(again)).toEqual(some(network));
    expect(some(other)).not.toEqual(some(network));
    for (const each of [network, again, other]) each.dispose();
  });

  function everything(network: Network, kernels = openKernels(tf)) {
    const module = new LossModule(kernels, network.tapChannels, createRandom(2));
    const optimiser = new Sgd(kernels, network.parameters.values(), { momentum: 0.9, weightDecay: 1e-4 });
    const moduleOptimiser = new Adam(kernels, module.parameters.values());
    const options = (stopsGradient: boolean, seed = 3): StepOptions => ({
      kind: "multi-label",
      optimiser,
      rate: 0.01,
      positiveWeights: Float32Array.of(2, 1),
      dropout: { rate: 0.3, random: createRandom(seed) },
      lossLearning: {
        module,
        optimiser: moduleOptimiser,
        rate: 0.001,
        lambda: 1,
        margin: 1,
        stopsGradient,
        random: createRandom(seed),
      },
    });
    const dispose = () => {
      for (const part of [module, optimiser, moduleOptimiser, network]) part.dispose();
    };
    return { module, options, dispose };
  }

  const labels = Int8Array.of(1, 0, 0, 1, -1, 1, 1, 1);

  it.each([
    { id: "densenet-121", stem: "standard", side: 32 },
    { id: "densenet-121", stem: "small", side: 8 },
    { id: "resnet-18", stem: "standard", side: 9 },
    { id: "resnet-50", stem: "small", side: 8 },
  ] as const)("$id leaves no tensor behind, step after step ($stem stem)", ({ id, stem, side }) => {
    const atStart = tf.memory().numTensors;
    const network = create(id, undefined, 1, stem);
    const { options, dispose } = everything(network);
    const batch = { images: images(4, side, 3), labels };
    const counts = [0, 1, 2].map((step) => {
      trainingStep(tf, network, batch, options(step === 1));
      const inferred = network.infer(batch.images, { taps: true });
      tf.dispose([inferred.logits, inferred.features, ...inferred.taps]);
      network.forward(batch.images, { taps: true }).discard();
      trainingStep(tf, network, { ...batch, labels: new Int8Array(8).fill(-1) }, options(false));
      return tf.memory().numTensors;
    });
    expect(new Set(counts).size).toBe(1);
    batch.images.dispose();
    dispose();
    expect(tf.memory().numTensors).toBe(atStart);
  });

  it("learn a batch by heart, the same way twice", () => {
    const batch = { images: images(4, 16, 3), labels };
    const learn = () => {
      const network = create("resnet-18");
      const { options, dispose } = everything(network);
      const losses = Array.from(
        { length: 12 },
        (_, i) => trainingStep(tf, network, batch, options(false, i)).loss,
      );
      const weights = network.state()["layer4.1.conv2.weight"];
      dispose();
      return { losses, weights };
    };
    const first = learn();
    expect(first.losses.at(-1)).toBeLessThan(0.3 * first.losses[0]!);
    expect(learn()).toEqual(first);
    batch.images.dispose();
  });

  it("the pair loss moves the classifier unless its gradient is stopped", () => {
    const batch = { images: images(4, 16, 3), labels };
    const weightsAfter = (change: (options: StepOptions) => StepOptions) => {
      const network = create("resnet-18");
      const { module, options, dispose } = everything(network);
      const before = module.state().FC1;
      trainingStep(tf, network, batch, change(options(true)));
      const state = network.state()["conv1.weight"]!;
      const moduleMoved = module.state()["FC1.weight"];
      dispose();
      return { state, moduleMoved, before };
    };
    const stopped = weightsAfter((options) => options);
    const alone = weightsAfter((options) => ({ ...options, lossLearning: null }));
    const flowing = weightsAfter(({ lossLearning, ...options }) => ({
      ...options,
      lossLearning: lossLearning ? { ...lossLearning, stopsGradient: false } : null,
    }));
    expect(stopped.state).toEqual(alone.state);
    expect(flowing.state).not.toEqual(stopped.state);
    expect(stopped.moduleMoved).not.toEqual(alone.moduleMoved);
    batch.images.dispose();
  });

  it("predict with fresh dropout in each pass, from the features of one", () => {
    const network = create("resnet-18");
    const input = images(3, 16, 3);
    const { logits, features } = network.infer(input);
    const whole = network.classify(features);
    expect([...whole.dataSync()]).toEqual([...logits.dataSync()]);
    const random = createRandom(4);
    const pass = () => tf.tidy(() => network.classify(features, { rate: 0.5, random }).dataSync());
    const [one, two] = [pass(), pass()];
    expect(one).not.toEqual(two);
    const passes = Array.from({ length: 400 }, pass);
    const mean = passes.reduce((sum, values) => sum + values[0]!, 0) / passes.length;
    const deviation = Math.sqrt(
      passes.reduce((sum, values) => sum + (values[0]! - mean) ** 2, 0) / passes.length,
    );
    expect(Math.abs(mean - logits.dataSync()[0]!)).toBeLessThan((4 * deviation) / 20);
    tf.dispose([input, logits, features, whole]);
    network.dispose();
  });

  it("give the same outputs after their state went to another", () => {
    const [one, two] = [create("resnet-18"), create("resnet-18", undefined, 2)];
    const input = images(2, 16, 3);
    one.forward(input).discard();
    two.load(one.state());
    const [a, b] = [one.infer(input), two.infer(input)];
    expect([...a.logits.dataSync()]).toEqual([...b.logits.dataSync()]);
    tf.dispose([input, a.logits, a.features, b.logits, b.features]);
    const { "fc.bias": _bias, ...rest } = one.state();
    expect(() => two.load(rest)).toThrow(/"fc.bias" should have 2 values and is missing/);
    expect(() => two.load({ ...rest, "fc.bias": new Float32Array(3) })).toThrow(/has 3/);
    one.dispose();
    two.dispose();
  });

  it("refuse images of other bands or too small ones with a sentence", () => {
    const atStart = tf.memory().numTensors;
    const network = create("densenet-121", undefined, 1, "standard");
    expect(network.smallestSide).toBe(29);
    const [bands, small, least] = [images(1, 32, 4), images(1, 28, 3), images(2, 29, 3)];
    expect(() => network.infer(bands)).toThrow(/made for 3 bands, and the images have 4/);
    expect(() => network.infer(small)).toThrow(/28 × 28 pixels are too small/);
    const { logits, features } = network.infer(least);
    expect(logits.shape).toEqual([2, 2]);
    tf.dispose([bands, small, least, logits, features]);
    network.dispose();
    expect(tf.memory().numTensors).toBe(atStart);
  });
});

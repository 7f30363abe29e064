import type { EngineMath } from "../backends/index.ts";
import { intoSpace } from "../embeddings/embedding-space.ts";
import type { Vectors } from "../embeddings/vectors.ts";
import type { TrainingNeeds } from "../heads/head.ts";
import { labelRows } from "../label-rows.ts";
import { openKernels } from "../networks/kernels.ts";
import { companionProbabilities, featureSpace, withProbabilities } from "../training/companions.ts";
import { FIT_START, fitNetwork, heldOutWatch } from "../training/fit.ts";
import { inferenceBatch } from "../training/infer.ts";
import { featureRows } from "../training/network-encoder.ts";
import { openNetworkHead } from "../training/network-head.ts";
import { networkState } from "../training/network-model.ts";
import { chooseNetwork } from "../training/options.ts";
import { PixelReader, PixelStore, type Pixels, somePixels } from "../training/pixels.ts";
import { checkOptions, newForm } from "../training/train-network.ts";
import { Trainee } from "../training/trainee.ts";
import { warmStartOf, warmWeights } from "../training/warm-start.ts";
import { breathe, secondsSince, type Work } from "../work.ts";
import type { Learner } from "./learner.ts";
import type { SimulateRequest } from "./simulate-request.ts";

/**
 * Trains a network on pixels, which are kept in memory as far as they fit. After each training it looks at all
 * patches; of an earlier model its probabilities are kept beside the newest one's features.
 * @param allNeeds of every query function that will be simulated
 * @throws FieldmarkError `backend-unavailable`; `invalid-input` for a network or option that is not there;
 *   `unreadable-file` where no patch can be read
 */
export async function openNetworkLearner(
  { patches, labels, kind, classIds, config }: SimulateRequest,
  network: NonNullable<SimulateRequest["config"]["network"]>,
  allNeeds: readonly TrainingNeeds[],
  tf: EngineMath,
  work: Work,
): Promise<Learner> {
  openKernels(tf);
  const chosen = chooseNetwork(network.id, network.options);
  for (const needs of allNeeds) checkOptions(chosen, needs);
  const reader = new PixelReader(patches);
  try {
    const form = await newForm(reader, chosen, config.seed, work);
    const pixels = await PixelStore.open(reader, form, labels.ids, work);
    const rowOf = new Map(Array.from(labels.ids, (id, row) => [id, row]));
    return {
      positions: Uint32Array.from(pixels.ids, (id) => rowOf.get(id) ?? 0),
      async train(labeled, rows, needs, earlier, random, own) {
        const start = performance.now();
        const shape = { bands: form.bands.length, classes: classIds.length };
        const trainee = new Trainee(tf, chosen, shape, needs.lossModule !== null, random);
        try {
          const warm =
            config.warmStart && earlier ? warmStartOf({ classIds, state: earlier.state }, chosen) : null;
          if (warm) trainee.loadWeights(warmWeights(warm, trainee, classIds));
          const { calibration } = await fitNetwork(
            trainee,
            {
              pixels: somePixels(pixels, labeled),
              labels: labelRows(rows, classIds.length, labeled),
              classes: classIds.length,
            },
            chosen.options,
            {
              tf,
              kind,
              needs,
              random,
              work: own,
              start: FIT_START,
              watch: heldOutWatch(labeled.length, chosen.options, random),
              onPosition: async () => {},
            },
          );
          const seconds = secondsSince(start);
          const state = networkState(trainee, {
            network: chosen.entry.id,
            options: chosen.options,
            classNames: [],
            form,
            calibration,
          });
          const looking = performance.now();
          const features = await allFeatures(tf, trainee, pixels, own);
          const secondsPerPatch = secondsSince(looking) / pixels.count;
          const before = earlier?.head.probabilities(earlier.vectors);
          return {
            head: openNetworkHead(state, kind, tf),
            state,
            vectors: before ? withProbabilities(features, before) : features,
            previous: before
              ? { probabilities: (vectors) => companionProbabilities(vectors, classIds.length) }
              : null,
            parameters: {
              classifier: trainee.network.parameterCount,
              lossModule: trainee.loss?.module.parameterCount ?? 0,
            },
            seconds,
            secondsPerPatch,
          };
        } finally {
          trainee.dispose();
        }
      },
      close: () => reader.close(),
    };
  } catch (error) {
    await reader.close();
    throw error;
  }
}

/** h(x) and ŝ(x) of all patches, in their space. */
async function allFeatures(
  tf: EngineMath,
  { network, loss }: Trainee,
  pixels: Pixels,
  work: Work,
): Promise<Vectors> {
  const companions = loss ? 1 : 0;
  const dimensions = network.featureCount + companions;
  const values = new Float32Array(pixels.count * dimensions);
  const step = inferenceBatch(pixels.form.side);
  for (let start = 0; start < pixels.count; start += step) {
    await breathe(work);
    const rows = Uint32Array.from({ length: Math.min(step, pixels.count - start) }, (_, i) => start + i);
    const images = await pixels.read(rows);
    values.set(featureRows(tf, network, loss?.module ?? null, images, pixels.form), start * dimensions);
  }
  return intoSpace(featureSpace(network.featureCount, companions), {
    values,
    count: pixels.count,
    dimensions,
  });
}

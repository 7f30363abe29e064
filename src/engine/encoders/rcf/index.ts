import { z } from "zod";
import type { PatchPixels } from "../../../archive/patch-reader.ts";
import type { EngineMath, Tensor4D } from "../../backends/index.ts";
import { computeValues } from "../../compute-values.ts";
import { breathe } from "../../work.ts";
import { bandScalingSchema, fitBandScaling, standardise } from "../band-scaling.ts";
import type { Encoder, EncoderState } from "../encoder.ts";
import { imageStatistics, indexPairs, statisticsLength } from "../image-statistics.ts";
import { type Bank, bankSchema, planBanks } from "./banks.ts";
import { bankFeatures, bankLength, shrinkImages, sortTurns } from "./features.ts";
import { drawFilters, type ScaledImage } from "./filters.ts";

const SMALLEST_SIDE = 64;
const LARGEST_SIDE = 256;
/** Values of all responses of one batch; bounds the memory of `encode` to about 1 GB. */
const BATCH_VALUES = 30_000_000;
/** Cancellation is noticed between batches. */
const LARGEST_BATCH = 16;
/** How much colour counts beside texture in distances; measured on aerial and Sentinel-2 archives. */
const STATISTICS_WEIGHT = 0.5;

const configSchema = z.object({
  side: z.number().int(),
  scaling: bandScalingSchema,
  banks: z.array(bankSchema),
  pairs: z.array(z.tuple([z.number().int(), z.number().int()])),
});
type Config = z.infer<typeof configSchema>;

const options = z.strictObject({
  filters: z
    .number()
    .int()
    .min(16)
    .max(4096)
    .default(512)
    .describe("Filters over all scales; an embedding has six values a filter."),
});

/**
 * Random convolutional features at several scales: filters are a dictionary of whitened patches of the
 * archive itself, an embedding holds how strongly an image answers to each of them in each of four directions,
 * with band statistics beside. A patch turned by a quarter circle has the same embedding.
 * Rolf et al. 2021 (MOSAIKS), Methods; Coates and Ng 2012, §3.
 */
export const rcf = {
  id: "rcf",
  name: "Random convolutional features",
  description:
    "Filters cut from your own imagery at several scales, pooled over the patch, with band statistics. Needs no training and no labels; good for texture and colour on any sensor.",
  reference: "Rolf et al. 2021 (MOSAIKS), Methods; Coates and Ng 2012, §3",
  options,
  version: 1,
  side: (medianSide) => Math.max(SMALLEST_SIDE, Math.min(LARGEST_SIDE, Math.round(medianSide))),
  async fit(sample, { filters }, { tf, bands, side, random, work }) {
    const scaling = fitBandScaling(sample);
    const banks = planBanks(filters, side, bands.length);
    const pairs = indexPairs(bands);
    const images = sample.map((image) => standardise(image, scaling));
    const arrays: Record<string, Float32Array> = {};
    for (const [index, bank] of banks.entries()) {
      work.progress({ done: index, total: banks.length, message: "Drawing filters from the archive" });
      await breathe(work);
      const scaled = images.map((values) => shrunken(tf, { values, side, bands: bands.length }, bank.shrink));
      arrays[bankName(index)] = await drawFilters(tf, scaled, bank, random.fork(bankName(index)), work);
    }
    const config: Config = { side, scaling, banks, pairs: pairs.map(([a, b]) => [a, b]) };
    const statistics = statisticsLength(bands.length, pairs.length);
    const textures = banks.map((bank) => bankLength(bank)).reduce((sum, length) => sum + length, 0);
    return {
      dimensions: textures + statistics,
      groups: [
        { name: "textures", length: textures, weight: 1 },
        { name: "statistics", length: statistics, weight: STATISTICS_WEIGHT },
      ],
      config,
      arrays,
    };
  },
  open: openRcf,
} as const satisfies Encoder<typeof options>;

function bankName(index: number): string {
  return `bank-${index}`;
}

function shrunken(tf: EngineMath, image: ScaledImage, shrink: number): ScaledImage {
  if (shrink === 1) return image;
  const { side, bands } = image;
  const values = computeValues(tf, () =>
    shrinkImages(tf, tf.tensor4d(image.values, [1, side, side, bands]), shrink),
  );
  return { values, side: Math.sqrt(values.length / bands), bands };
}

function openRcf(state: EncoderState, tf: EngineMath) {
  const { side, scaling, banks, pairs } = configSchema.parse(state.config);
  const bands = scaling.length;
  const filters = banks.map((bank, index) =>
    tf.tensor4d(state.arrays[bankName(index)] ?? [], [bank.kernel, bank.kernel, bands, bank.filters]),
  );
  const mostResponses = Math.max(...banks.map((bank) => responses(bank, side)));
  return {
    batchSize: Math.max(1, Math.min(LARGEST_BATCH, Math.floor(BATCH_VALUES / mostResponses))),
    encode(images: readonly PatchPixels[]): Float32Array {
      const scaled = images.map((image) => standardise(image, scaling));
      const output = new Float32Array(images.length * state.dimensions);
      const textures = textureFeatures(tf, scaled, side, bands, banks, filters);
      const width = textures.length / images.length;
      images.forEach((image, index) => {
        const offset = index * state.dimensions;
        const own = textures.subarray(index * width, (index + 1) * width);
        let start = 0;
        for (const bank of banks) {
          sortTurns(own.subarray(start, start + bankLength(bank)), bank);
          start += bankLength(bank);
        }
        output.set(own, offset);
        const statistics = imageStatistics(scaled[index]!, image.planes, pairs, side, side);
        output.set(statistics, offset + width);
      });
      return output;
    },
    dispose: () => tf.dispose(filters),
  };
}

function responses(bank: Bank, side: number): number {
  const positions = Math.ceil((Math.floor(side / bank.shrink) - bank.kernel + 1) / bank.stride);
  return positions * positions * bank.filters;
}

function textureFeatures(
  tf: EngineMath,
  scaled: readonly Float32Array[],
  side: number,
  bands: number,
  banks: readonly Bank[],
  filters: readonly Tensor4D[],
): Float32Array {
  return computeValues(tf, () => {
    const size = side * side * bands;
    const values = new Float32Array(scaled.length * size);
    scaled.forEach((image, index) => void values.set(image, index * size));
    const batch = tf.tensor4d(values, [scaled.length, side, side, bands]);
    const features = banks.map((bank, index) => bankFeatures(tf, batch, filters[index]!, bank));
    return tf.concat(features, 1);
  });
}

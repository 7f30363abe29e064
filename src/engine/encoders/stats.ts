import { z } from "zod";
import { bandScalingSchema, fitBandScaling, standardise } from "./band-scaling.ts";
import type { Encoder } from "./encoder.ts";
import { imageStatistics, indexPairs, statisticsLength } from "./image-statistics.ts";

const configSchema = z.object({
  scaling: bandScalingSchema,
  pairs: z.array(z.tuple([z.number().int(), z.number().int()])),
});

/** Images larger than this are read at this size: statistics change little, decoding gets cheaper. */
const LARGEST_SIDE = 256;

/**
 * Statistics of the bands and of their normalised differences: mean, deviation, quantiles, roughness and
 * unevenness of each. Training-free and instant; on Sentinel-2 a surprisingly strong reference.
 */
export const stats = {
  id: "stats",
  name: "Band and index statistics",
  description:
    "Mean, spread, quantiles and roughness of every band and of spectral indices. Computed in moments, strong where colour tells most, blind to shapes.",
  reference: "",
  options: z.strictObject({}),
  version: 1,
  side: (medianSide) => Math.max(1, Math.min(LARGEST_SIDE, Math.round(medianSide))),
  async fit(sample, _options, { bands }) {
    const pairs = indexPairs(bands);
    const dimensions = statisticsLength(bands.length, pairs.length);
    const config: z.input<typeof configSchema> = {
      scaling: fitBandScaling(sample),
      pairs: pairs.map(([a, b]) => [a, b]),
    };
    return {
      dimensions,
      groups: [{ name: "statistics", length: dimensions, weight: 1 }],
      config,
      arrays: {},
    };
  },
  open(state) {
    const { scaling, pairs } = configSchema.parse(state.config);
    return {
      batchSize: 32,
      encode(images) {
        const output = new Float32Array(images.length * state.dimensions);
        images.forEach((image, index) => {
          const standardised = standardise(image, scaling);
          const { planes, width, height } = image;
          const values = imageStatistics(standardised, planes, pairs, width, height);
          output.set(values, index * state.dimensions);
        });
        return output;
      },
      dispose() {},
    };
  },
} as const satisfies Encoder;

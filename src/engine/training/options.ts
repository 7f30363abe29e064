import { z } from "zod";
import type { OptionValues } from "../../shared/domain/learning.ts";
import { FieldmarkError } from "../../shared/errors.ts";
import { networkTrainingOptions } from "../heads/training-options.ts";
import { networkOptions } from "../networks/create-network.ts";
import { NETWORKS } from "../networks/index.ts";
import type { RegisteredNetwork } from "../networks/registered-network.ts";
import { type Described, parseOptions } from "../registry.ts";

/** Of patches whose size nobody chose, this many pixels a side at most: training time grows with its square. */
const LARGEST_DEFAULT_SIDE = 128;

/** How a network is trained; defaults are those of the multi-label paper on UC Merced (`methods.md`, §1). */
const trainingOptions = z.strictObject({
  ...networkOptions.shape,
  side: z
    .number()
    .int()
    .min(0)
    .max(1024)
    .default(0)
    .describe(
      `Width and height in pixels to which patches are resampled. 0: their own size, at most ${LARGEST_DEFAULT_SIDE}. Half the side takes a quarter of the time.`,
    ),
  epochs: z.number().int().min(1).max(2000).default(100).describe("Passes over the labelled patches."),
  batchSize: z.number().int().min(2).max(1024).default(10).describe("Patches per step."),
  learningRate: z
    .number()
    .min(1e-6)
    .max(10)
    .default(0.025)
    .describe("Rate of stochastic gradient descent; a tenth of it in the last fifth of the epochs."),
  momentum: z
    .number()
    .min(0)
    .max(0.999)
    .default(0)
    .describe("Share of the last step that is taken again. 0 as in the paper; 0.9 learns faster."),
  weightDecay: z.number().min(0).max(1).default(0).describe("Draws the weights towards zero."),
  dropout: z
    .number()
    .min(0)
    .max(0.9)
    .default(0)
    .describe("Share of features left out at random before the last layer. BALD needs some, such as 0.3."),
  augment: z
    .boolean()
    .default(true)
    .describe("Mirrors and turns patches by 90° at random, so that each counts for eight."),
  ...networkTrainingOptions,
});
export type TrainingOptions = z.output<typeof trainingOptions>;

/** A network with everything that can be chosen of it and its training. */
export interface NetworkEntry extends Described<typeof trainingOptions> {
  readonly network: RegisteredNetwork;
}

/** Every network that can be trained, in the order in which they are offered. */
export const NETWORK_ENTRIES: readonly NetworkEntry[] = NETWORKS.map((network) => ({
  id: network.id,
  name: network.name,
  description: network.description,
  reference: network.reference,
  options: trainingOptions,
  network,
}));

/** The network of this id, hyphens or not. @throws FieldmarkError `invalid-input` naming the known ids */
export function findNetwork(id: string): NetworkEntry {
  const plain = (name: string) => name.replaceAll("-", "");
  const entry = NETWORK_ENTRIES.find((candidate) => plain(candidate.id) === plain(id));
  if (entry) return entry;
  const known = NETWORK_ENTRIES.map((candidate) => candidate.id).join(", ");
  throw new FieldmarkError("invalid-input", `There is no network named "${id}". Known are: ${known}.`);
}

/** A network with its checked options. */
export interface ChosenNetwork {
  readonly entry: NetworkEntry;
  readonly options: TrainingOptions;
}

/** @throws FieldmarkError `invalid-input` naming the network or the option that is wrong */
export function chooseNetwork(id: string, values: OptionValues): ChosenNetwork {
  const entry = findNetwork(id);
  return { entry, options: parseOptions(entry, values) };
}

/**
 * Width and height in pixels at which patches are read.
 * @param medianSide of the archive's patches, in pixels
 */
export function sideOf({ side }: TrainingOptions, medianSide: number): number {
  return side > 0 ? side : Math.min(medianSide, LARGEST_DEFAULT_SIDE);
}

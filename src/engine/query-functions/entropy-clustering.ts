import { clusteringDiversity } from "../diversity/clustering.ts";
import { entropyUncertainty } from "../uncertainty/entropy.ts";
import type { QueryFunction } from "./query-function.ts";
import { byUncertaintyAndDiversity, diverseOptions } from "./uncertainty-sampling.ts";

/** Mean binary entropy, then clustering: the paper's diversity on the commonest uncertainty. */
export const entropyClustering = {
  id: "entropy+clustering",
  name: "Entropy and clustering",
  description: "The patches nearest to a coin toss, one from each group of look-alikes.",
  reference:
    "Deep active learning for multi-label classification of remote sensing images, diversity criterion",
  options: diverseOptions,
  needsModel: true,
  select: byUncertaintyAndDiversity(entropyUncertainty, clusteringDiversity),
} as const satisfies QueryFunction<typeof diverseOptions>;

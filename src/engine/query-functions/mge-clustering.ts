import { clusteringDiversity } from "../diversity/clustering.ts";
import { mgeUncertainty } from "../uncertainty/mge.ts";
import type { QueryFunction } from "./query-function.ts";
import { byUncertaintyAndDiversity, diverseOptions } from "./uncertainty-sampling.ts";

/** Magnitude of approximated gradient embeddings, then clustering: the paper's MGE+Clustering. */
export const mgeClustering = {
  id: "mge+clustering",
  name: "MGE and clustering",
  description:
    "The patches that would change the classifier's last layer most, one from each group of look-alikes.",
  reference: "Deep active learning for multi-label classification of remote sensing images, MGE+Clustering",
  options: diverseOptions,
  needsModel: true,
  select: byUncertaintyAndDiversity(mgeUncertainty, clusteringDiversity),
} as const satisfies QueryFunction<typeof diverseOptions>;

import { entropyUncertainty } from "../uncertainty/entropy.ts";
import type { QueryFunction } from "./query-function.ts";
import { byUncertainty, noOptions } from "./uncertainty-sampling.ts";

/** Largest mean binary entropy (Settles 2009, §3.1; for multi-labels the mean over classes). */
export const entropy = {
  id: "entropy",
  name: "Entropy",
  description: "The patches whose class probabilities are nearest to a coin toss. Tends to pick look-alikes.",
  reference: "Settles 2009, Active Learning Literature Survey, §3.1",
  options: noOptions,
  needsModel: true,
  select: byUncertainty(entropyUncertainty),
} as const satisfies QueryFunction<typeof noOptions>;

import { mgeUncertainty } from "../uncertainty/mge.ts";
import type { QueryFunction } from "./query-function.ts";
import { byUncertainty, noOptions } from "./uncertainty-sampling.ts";

/** Magnitude of approximated gradient embeddings alone. */
export const mge = {
  id: "mge",
  name: "MGE",
  description: "The patches that would change the classifier's last layer most. Tends to pick look-alikes.",
  reference: "Deep active learning for multi-label classification of remote sensing images, MGE",
  options: noOptions,
  needsModel: true,
  select: byUncertainty(mgeUncertainty),
} as const satisfies QueryFunction<typeof noOptions>;

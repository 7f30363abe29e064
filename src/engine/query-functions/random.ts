import type { QueryFunction } from "./query-function.ts";
import { noOptions } from "./uncertainty-sampling.ts";

/** A uniform draw without replacement: the reference that every other function must beat. */
export const random = {
  id: "random",
  name: "Random",
  description: "Draws patches at random. The honest reference; good with balanced classes and weak features.",
  reference: "",
  options: noOptions,
  needsModel: false,
  async select({ candidates, budget, random: source }) {
    const all = Uint32Array.from({ length: candidates.count }, (_, position) => position);
    return source.sample(all, budget).map((position) => ({ position, score: 0, reason: "Drawn at random." }));
  },
} as const satisfies QueryFunction<typeof noOptions>;

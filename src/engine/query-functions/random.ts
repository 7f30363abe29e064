import { NO_MODEL_NEEDS } from "../uncertainty/uncertainty.ts";
import { noOptions, type QueryFunction } from "./query-function.ts";

/** A uniform draw without replacement: the reference that every other function must beat. */
export const random = {
  id: "random",
  name: "Random",
  description: "Draws patches at random. The honest reference; good with balanced classes and weak features.",
  reference: "",
  options: noOptions,
  needs: NO_MODEL_NEEDS,
  space: "embedding",
  async select({ candidates, budget, random: source }) {
    const all = Uint32Array.from({ length: candidates.count }, (_, position) => position);
    return source.sample(all, budget).map((position) => ({ position, score: 0, reason: "Drawn at random." }));
  },
} as const satisfies QueryFunction<typeof noOptions>;

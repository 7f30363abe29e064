import { z } from "zod";

/** Options of every head that has a network in it. */
export const networkTrainingOptions = {
  classWeights: z
    .enum(["none", "balanced"])
    .default("none")
    .describe(
      "Balanced: rare classes weigh more while training, up to ten times. Finds more of them, with more false alarms.",
    ),
  earlyStopping: z
    .boolean()
    .default(false)
    .describe(
      "Keeps a fifth of the labelled patches apart and stops when they are predicted no better. With few labels the patches kept apart are missed.",
    ),
};

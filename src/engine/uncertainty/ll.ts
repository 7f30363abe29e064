import { z } from "zod";
import { requireLossRanks } from "../heads/capabilities.ts";
import { NO_MODEL_NEEDS, type Uncertainty } from "./uncertainty.ts";

/** Options of the training that goes before the query; also read by `trainingNeeds`. */
export const lossModuleOptions = {
  lambda: z
    .number()
    .min(0)
    .max(100)
    .default(1)
    .describe("How much learning to rank losses counts beside learning the classes, while training (λ)."),
  xi: z
    .number()
    .min(0.001)
    .max(100)
    .default(1)
    .describe("By how much the predicted ranks of two patches must differ, while training (ξ)."),
};

/**
 * Learning the loss ordering: the loss rank ŝ(x) that a module beside the classifier predicts, trained with
 * max(0, −sign(l_i − l_j)·(ŝ_i − ŝ_j) + ξ) over random pairs of each mini-batch. Deep active learning for
 * multi-label classification of remote sensing images, §II-A, after Yoo and Kweon 2019, eq. 2.
 */
export const ll = {
  id: "ll",
  name: "LL",
  label: "predicted loss rank",
  picks: "on which the model expects to be most wrong",
  reference:
    "Deep active learning for multi-label classification of remote sensing images, §II-A; Yoo and Kweon 2019, Learning Loss for Active Learning, eq. 2",
  needs: { ...NO_MODEL_NEEDS, model: true, lossModule: true },
  options: lossModuleOptions,
  utilities: ({ vectors, head }) => requireLossRanks(head)(vectors),
} as const satisfies Uncertainty<typeof lossModuleOptions>;

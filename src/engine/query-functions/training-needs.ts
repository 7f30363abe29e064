import { z } from "zod";
import type { OptionValues } from "../../shared/domain/learning.ts";
import type { TrainingNeeds } from "../heads/head.ts";
import { lossModuleOptions } from "../uncertainty/ll.ts";
import type { QueryFunction } from "./query-function.ts";

const lossModuleSchema = z.object(lossModuleOptions);

/** What must be trained so that this function can query afterwards, with these options. */
export function trainingNeeds({ needs }: QueryFunction, options: OptionValues): TrainingNeeds {
  return {
    lossModule: needs.lossModule ? lossModuleSchema.parse(options) : null,
    passes: needs.dropoutPasses,
  };
}

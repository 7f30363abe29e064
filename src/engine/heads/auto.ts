import { z } from "zod";
import { average } from "./average.ts";
import type { Head, HeadContext, TrainedHead, TrainingData } from "./head.ts";
import { kernel } from "./kernel.ts";
import { mlp } from "./mlp/index.ts";
import { networkTrainingOptions } from "./training-options.ts";

/** Labelled patches below which the network only spoils the mean. */
const FEWEST_FOR_NETWORK = 30;
/** Labelled patches up to which the closed form takes part: above, the network is as good and cheaper. */
const MOST_FOR_KERNEL = 2500;

const options = z.strictObject(networkTrainingOptions);
const PARTS = { average, kernel, mlp } as const;
const configSchema = z.object({
  head: z.enum(["average", "kernel", "mlp"]),
  config: z.record(z.string(), z.unknown()),
});
type Part = z.infer<typeof configSchema>["head"];

/**
 * WASM trains the network some ten times slower than the native backend, for half a point of F1: there it
 * takes part only where the next query needs it.
 */
function choose(labeled: number, { tf, needs }: HeadContext): Part {
  if (labeled > MOST_FOR_KERNEL) return "mlp";
  if (needs.lossModule !== null || needs.passes) return "average";
  return labeled < FEWEST_FOR_NETWORK || tf.getBackend() === "wasm" ? "kernel" : "average";
}

function trainPart(
  part: Part,
  data: TrainingData,
  values: z.output<typeof options>,
  context: HeadContext,
): Promise<TrainedHead> {
  switch (part) {
    case "average":
      return average.train(data, average.options.parse(values), context);
    case "kernel":
      return kernel.train(data, kernel.options.parse({}), context);
    case "mlp":
      return mlp.train(data, mlp.options.parse(values), context);
  }
}

/** The best head for the number of labels and the machine at hand. */
export const auto = {
  id: "auto",
  name: "Automatic (recommended)",
  description:
    "The mean of kernel head and small network with 30 to 2,500 labelled patches, the kernel head alone with fewer or on WASM, the small network with more.",
  reference: "",
  options,
  async train(data, values, context) {
    const part = choose(data.vectors.count, context);
    const { warmStart } = context;
    const warm = warmStart ? configSchema.safeParse(warmStart.config).data : undefined;
    const continued =
      warmStart && warm?.head === part ? { config: warm.config, arrays: warmStart.arrays } : null;
    const trained = await trainPart(part, data, values, { ...context, warmStart: continued });
    const { config, arrays } = trained.state;
    return { ...trained, state: { config: { head: part, config }, arrays } };
  },
  open(state, kind, tf) {
    const { head, config } = configSchema.parse(state.config);
    return PARTS[head].open({ config, arrays: state.arrays }, kind, tf);
  },
} as const satisfies Head<typeof options>;

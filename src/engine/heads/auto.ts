import { z } from "zod";
import type { Head } from "./head.ts";
import { kernel } from "./kernel.ts";
import { mlp } from "./mlp/index.ts";

/** Labelled patches up to which the closed form is used: above, the network is as good and cheaper. */
const MOST_FOR_KERNEL = 2500;

const options = z.strictObject({});
const configSchema = z.object({
  head: z.enum(["kernel", "mlp"]),
  config: z.record(z.string(), z.unknown()),
});

/** The better head for the number of labels at hand. */
export const auto = {
  id: "auto",
  name: "Automatic (recommended)",
  description: "The kernel head with up to 2,500 labelled patches, the small network with more.",
  reference: "",
  options,
  async train(data, _values, context) {
    if (data.vectors.count <= MOST_FOR_KERNEL) {
      const trained = await kernel.train(data, kernel.options.parse({}), context);
      return {
        ...trained,
        state: { config: { head: "kernel", config: trained.state.config }, arrays: trained.state.arrays },
      };
    }
    const warm = context.warmStart ? configSchema.safeParse(context.warmStart.config).data : undefined;
    const warmStart =
      warm?.head === "mlp" && context.warmStart
        ? { config: warm.config, arrays: context.warmStart.arrays }
        : null;
    const trained = await mlp.train(data, mlp.options.parse({}), { ...context, warmStart });
    return {
      ...trained,
      state: { config: { head: "mlp", config: trained.state.config }, arrays: trained.state.arrays },
    };
  },
  open(state, kind, tf) {
    const { head, config } = configSchema.parse(state.config);
    return (head === "kernel" ? kernel : mlp).open({ config, arrays: state.arrays }, kind, tf);
  },
} as const satisfies Head<typeof options>;

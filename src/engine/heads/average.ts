import { z } from "zod";
import type { NamedArrays } from "../embeddings/named-arrays.ts";
import type { Head, HeadState } from "./head.ts";
import { kernel } from "./kernel.ts";
import { hurriedOptions } from "./mlp/hurried.ts";
import { mlp } from "./mlp/index.ts";
import { networkTrainingOptions } from "./training-options.ts";

const options = z.strictObject(networkTrainingOptions);

const configSchema = z.object({
  kernel: z.record(z.string(), z.unknown()),
  mlp: z.record(z.string(), z.unknown()),
});

/**
 * The mean of the kernel head's and the small network's probabilities. They err differently, so their mean is
 * better than either. Its h(x) are the network's hidden activations.
 */
export const average = {
  id: "average",
  name: "Kernel and network",
  description:
    "The mean of the kernel head and the small network: better than either, and as slow as the network.",
  reference: "Lakshminarayanan et al. 2017, Simple and Scalable Predictive Uncertainty Estimation",
  options,
  async train(data, values, context) {
    const warm = context.warmStart ? configSchema.safeParse(context.warmStart.config).data : undefined;
    const warmMlp: HeadState | null =
      warm && context.warmStart
        ? { config: warm.mlp, arrays: withoutPrefix(context.warmStart.arrays, "mlp.") }
        : null;
    const byKernel = await kernel.train(data, kernel.options.parse({}), { ...context, warmStart: null });
    // What the network gets wrong by its hurry, the kernel evens out.
    const inAHurry = { ...values, ...hurriedOptions(data.vectors.count), calibrate: false };
    const byMlp = await mlp.train(data, mlp.options.parse(inAHurry), {
      ...context,
      warmStart: warmMlp,
    });
    return {
      state: {
        config: { kernel: byKernel.state.config, mlp: byMlp.state.config },
        arrays: { ...prefixed(byKernel.state.arrays, "kernel."), ...prefixed(byMlp.state.arrays, "mlp.") },
      },
      loss: byMlp.loss,
      epochs: byMlp.epochs,
    };
  },
  open({ config, arrays }, kind, tf) {
    const parts = configSchema.parse(config);
    const byKernel = kernel.open(
      { config: parts.kernel, arrays: withoutPrefix(arrays, "kernel.") },
      kind,
      tf,
    );
    const byMlp = mlp.open({ config: parts.mlp, arrays: withoutPrefix(arrays, "mlp.") }, kind, tf);
    return {
      probabilities(vectors) {
        const other = byMlp.probabilities(vectors);
        return byKernel.probabilities(vectors).map((p, i) => (p + other[i]!) / 2);
      },
      features: (vectors) => byMlp.features(vectors),
      // The kernel has neither a last layer nor a loss module nor dropout: the network speaks for both.
      lastLayer: (vectors) => byMlp.lastLayer(vectors),
      ...(byMlp.lossRanks ? { lossRanks: byMlp.lossRanks } : {}),
      ...(byMlp.passes ? { passes: byMlp.passes } : {}),
    };
  },
} as const satisfies Head<typeof options>;

function prefixed(arrays: NamedArrays, prefix: string): NamedArrays {
  return Object.fromEntries(Object.entries(arrays).map(([name, values]) => [prefix + name, values]));
}

function withoutPrefix(arrays: NamedArrays, prefix: string): NamedArrays {
  return Object.fromEntries(
    Object.entries(arrays).flatMap(([name, values]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), values]] : [],
    ),
  );
}

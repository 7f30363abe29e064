import { z } from "zod";
import { optionValuesSchema } from "../../shared/domain/learning.ts";
import { FieldmarkError } from "../../shared/errors.ts";
import { createRandom } from "../../shared/random.ts";
import type { EngineMath } from "../backends/index.ts";
import type { HeadState } from "../heads/head.ts";
import type { StoredModel } from "../heads/model-folder.ts";
import { openKernels } from "../networks/kernels.ts";
import { LossModule } from "../networks/loss-module.ts";
import type { Network } from "../networks/network.ts";
import { type ChosenNetwork, chooseNetwork } from "./options.ts";
import { pixelFormSchema } from "./pixel-form.ts";
import { lossModuleWeights, type Trainee } from "./trainee.ts";

/** `config` of the model folder of a network; `arrays` are all weights by PyTorch's names. */
const networkConfigSchema = z.object({
  network: z.string(),
  options: optionValuesSchema,
  /** In the order of the class ids; empty where nobody said. */
  classNames: z.array(z.string()),
  form: pixelFormSchema,
  /** Dimensions of h(x). */
  features: z.number().int().positive(),
  /** Name of the last layer. */
  lastLayer: z.string(),
  /** The predicted loss rank is the column behind h(x). */
  lossModule: z.boolean(),
  /** Of the network's probabilities; null = as they are. */
  calibration: z.object({ slope: z.number(), thresholds: z.array(z.number()) }).nullable(),
});
export type NetworkConfig = z.infer<typeof networkConfigSchema>;

/** @throws FieldmarkError `no-model` where the state is no network's, or a newer one's */
export function parseNetworkConfig(state: HeadState): NetworkConfig {
  const parsed = networkConfigSchema.safeParse(state.config);
  if (parsed.success) return parsed.data;
  throw new FieldmarkError(
    "no-model",
    "The network's description is damaged or of a newer Fieldmark. Train again; labels are not affected.",
    { cause: parsed.error },
  );
}

/** All that a trained network is. */
export function networkState(
  trainee: Trainee,
  config: Omit<NetworkConfig, "features" | "lastLayer" | "lossModule">,
): HeadState {
  const { network, loss } = trainee;
  const whole: NetworkConfig = {
    ...config,
    features: network.featureCount,
    lastLayer: lastLayerOf(network),
    lossModule: loss !== null,
  };
  return { config: whole, arrays: trainee.weights() };
}

export function lastLayerOf(network: Network): string {
  const weight = Array.from(network.parameters.values()).findLast(({ kind }) => kind === "linear");
  if (!weight) throw new FieldmarkError("internal", `The network ${network.id} has no last layer.`);
  return weight.name.replace(/\.weight$/, "");
}

/** A trained network that lives on the backend until `dispose`. */
export interface OpenNetwork {
  readonly network: Network;
  /** Null where none was trained. */
  readonly lossModule: LossModule | null;
  dispose(): void;
}

/** @throws FieldmarkError `no-model` where weights and description don't fit; `backend-unavailable` */
export function openNetwork(tf: EngineMath, { description, state }: StoredModel): OpenNetwork {
  const config = parseNetworkConfig(state);
  const { entry, options } = chosenOf(config);
  const kernels = openKernels(tf);
  const shape = { bands: config.form.bands.length, classes: description.classIds.length };
  const network = entry.network.create(tf, shape, { stem: options.stem }, createRandom(0));
  const lossModule = config.lossModule ? new LossModule(kernels, network.tapChannels, createRandom(0)) : null;
  const open = {
    network,
    lossModule,
    dispose() {
      lossModule?.dispose();
      network.dispose();
    },
  };
  try {
    network.load(state.arrays);
    lossModule?.load(lossModuleWeights(state.arrays));
    return open;
  } catch (error) {
    open.dispose();
    throw error;
  }
}

function chosenOf({ network, options }: NetworkConfig): ChosenNetwork {
  try {
    return chooseNetwork(network, options);
  } catch (cause) {
    throw new FieldmarkError(
      "no-model",
      `The model is a "${network}" that this Fieldmark does not know. Train again, or update Fieldmark.`,
      { cause },
    );
  }
}

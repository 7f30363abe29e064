import type { Random } from "../../shared/random.ts";
import type { EngineMath } from "../backends/index.ts";
import type { NamedArrays } from "../embeddings/named-arrays.ts";
import { openKernels } from "../networks/kernels.ts";
import { LossModule } from "../networks/loss-module.ts";
import type { Network } from "../networks/network.ts";
import { Adam } from "../networks/optimisers/adam.ts";
import type { Optimiser } from "../networks/optimisers/optimiser.ts";
import { Sgd } from "../networks/optimisers/sgd.ts";
import type { ChosenNetwork } from "./options.ts";
import { pick, prefixed } from "./prefixes.ts";

const LOSS_MODULE = "loss module/";
const OPTIMISER = "optimiser/";
const LOSS_OPTIMISER = "loss optimiser/";

/** A network in training, with what trains it. All of it lives on the backend until `dispose`. */
export class Trainee {
  readonly network: Network;
  readonly optimiser: Optimiser;
  /** Null where the coming query does not ask for predicted loss ranks. */
  readonly loss: { readonly module: LossModule; readonly optimiser: Optimiser } | null;

  /**
   * Fresh weights.
   * @throws FieldmarkError `backend-unavailable` where the active backend is not the native one
   */
  constructor(
    tf: EngineMath,
    { entry, options }: ChosenNetwork,
    shape: { readonly bands: number; readonly classes: number },
    withLossModule: boolean,
    random: Random,
  ) {
    const kernels = openKernels(tf);
    this.network = entry.network.create(tf, shape, { stem: options.stem }, random.fork("network"));
    const { momentum, weightDecay } = options;
    this.optimiser = new Sgd(kernels, this.network.parameters.values(), { momentum, weightDecay });
    if (withLossModule) {
      const module = new LossModule(kernels, this.network.tapChannels, random.fork("loss module"));
      this.loss = { module, optimiser: new Adam(kernels, module.parameters.values()) };
    } else {
      this.loss = null;
    }
  }

  /** Weights and running statistics, those of the loss module under a prefix. */
  weights(): NamedArrays {
    return { ...this.network.state(), ...(this.loss ? prefixed(this.loss.module.state(), LOSS_MODULE) : {}) };
  }

  /** @throws FieldmarkError `no-model` where they don't fit */
  loadWeights(arrays: NamedArrays): void {
    this.network.load(arrays);
    this.loss?.module.load(pick(arrays, LOSS_MODULE));
  }

  /** Everything that training goes on from. */
  state(): NamedArrays {
    return {
      ...this.weights(),
      ...prefixed(this.optimiser.state(), OPTIMISER),
      ...(this.loss ? prefixed(this.loss.optimiser.state(), LOSS_OPTIMISER) : {}),
    };
  }

  /** @throws FieldmarkError `no-model` where it doesn't fit */
  load(arrays: NamedArrays): void {
    this.loadWeights(arrays);
    this.optimiser.load(pick(arrays, OPTIMISER));
    this.loss?.optimiser.load(pick(arrays, LOSS_OPTIMISER));
  }

  dispose(): void {
    this.loss?.optimiser.dispose();
    this.loss?.module.dispose();
    this.optimiser.dispose();
    this.network.dispose();
  }
}

/** The part of some weights that belongs to the loss module; empty where there is none. */
export function lossModuleWeights(arrays: NamedArrays): NamedArrays {
  return pick(arrays, LOSS_MODULE);
}

import type { Kernels } from "./kernels.ts";
import { BatchNorm } from "./layers/batch-norm.ts";
import { Convolution, type ConvolutionOptions } from "./layers/convolution.ts";
import { Linear } from "./layers/linear.ts";
import { Parameter, type ParameterKind } from "./parameter.ts";
import { Statistic } from "./statistic.ts";

/** Makes the layers of a network and keeps all that they remember, by PyTorch's names, in the order of making. */
export class Parts {
  readonly kernels: Kernels;
  readonly parameters = new Map<string, Parameter>();
  readonly statistics = new Map<string, Statistic>();

  constructor(kernels: Kernels) {
    this.kernels = kernels;
  }

  /** Weights `name.weight`, not yet initialised. */
  convolution(
    name: string,
    [size, inputs, outputs]: readonly [size: number, inputs: number, outputs: number],
    options: ConvolutionOptions,
  ): Convolution {
    const weight = this.#parameter(`${name}.weight`, "convolution", [size, size, inputs, outputs]);
    return new Convolution(this.kernels, weight, options);
  }

  /** Parameters `name.weight` and `name.bias`, statistics `name.running_mean` and `name.running_var`. */
  batchNorm(name: string, channels: number, activation: "relu" | null): BatchNorm {
    const parts = {
      scale: this.#parameter(`${name}.weight`, "scale", [channels]),
      shift: this.#parameter(`${name}.bias`, "shift", [channels]),
      mean: this.#statistic(`${name}.running_mean`, channels, 0),
      variance: this.#statistic(`${name}.running_var`, channels, 1),
    };
    return new BatchNorm(this.kernels, parts, activation);
  }

  /** Parameters `name.weight` and `name.bias`. */
  linear(name: string, inputs: number, outputs: number): Linear {
    const weight = this.#parameter(`${name}.weight`, "linear", [inputs, outputs]);
    return new Linear(this.kernels, weight, this.#parameter(`${name}.bias`, "bias", [outputs]));
  }

  dispose(): void {
    for (const part of [...this.parameters.values(), ...this.statistics.values()]) part.dispose();
  }

  #parameter(name: string, kind: ParameterKind, shape: readonly number[]): Parameter {
    const parameter = new Parameter(this.kernels, name, kind, shape);
    this.parameters.set(name, parameter);
    return parameter;
  }

  #statistic(name: string, length: number, initial: number): Statistic {
    const statistic = new Statistic(this.kernels, name, length, initial);
    this.statistics.set(name, statistic);
    return statistic;
  }
}

import type { Random } from "../../shared/random.ts";
import type { Parameter } from "./parameter.ts";

/**
 * Fresh weights. Convolutions: normal with variance 2 / (inputs of a unit), He et al. 2015, eq. 10. Linear
 * layers: uniform within ±1/√inputs, biases too, as PyTorch does. Normalisations: scale 1, shift 0. Each
 * parameter has a random stream of its own, named after it.
 */
export function initialise(parameters: Iterable<Parameter>, random: Random): void {
  let fanIn = 1;
  for (const parameter of parameters) {
    const { kind, shape, size, name } = parameter;
    if (kind === "linear" || kind === "convolution") fanIn = size / shape.at(-1)!;
    parameter.variable.assign(freshValues(kind, size, fanIn, random.fork(name)));
  }
}

/** @param fanIn inputs of one unit; a bias has those of the weight before it */
function freshValues(kind: Parameter["kind"], size: number, fanIn: number, random: Random): Float32Array {
  const values = new Float32Array(size);
  switch (kind) {
    case "convolution": {
      const deviation = Math.sqrt(2 / fanIn);
      for (let i = 0; i < size; i++) values[i] = random.normal() * deviation;
      return values;
    }
    case "linear":
    case "bias": {
      const bound = 1 / Math.sqrt(fanIn);
      for (let i = 0; i < size; i++) values[i] = (2 * random.next() - 1) * bound;
      return values;
    }
    case "scale":
      return values.fill(1);
    case "shift":
      return values;
  }
}

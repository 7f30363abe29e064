import type { Parameter } from "./parameter.ts";

/**
 * Values of a weight as PyTorch and `.safetensors` files keep them, laid out as they are kept here:
 * convolutions outputs × inputs × height × width → height × width × inputs × outputs; linear outputs × inputs
 * → inputs × outputs; others stay. A new array, except where nothing changes.
 * @param values as many as the parameter has, row-major
 */
export function fromPytorch({ kind, shape }: Parameter, values: Float32Array): Float32Array {
  switch (kind) {
    case "convolution": {
      const [height = 1, width = 1, inputs = 1, outputs = 1] = shape;
      return transpose(values, outputs, inputs, height * width, (o, i, p) => (p * inputs + i) * outputs + o);
    }
    case "linear": {
      const [inputs = 1, outputs = 1] = shape;
      return transpose(values, outputs, inputs, 1, (o, i) => i * outputs + o);
    }
    case "bias":
    case "scale":
    case "shift":
      return values;
  }
}

function transpose(
  values: Float32Array,
  outputs: number,
  inputs: number,
  pixels: number,
  place: (output: number, input: number, pixel: number) => number,
): Float32Array {
  const moved = new Float32Array(values.length);
  let at = 0;
  for (let o = 0; o < outputs; o++) {
    for (let i = 0; i < inputs; i++) {
      for (let p = 0; p < pixels; p++) moved[place(o, i, p)] = values[at++]!;
    }
  }
  return moved;
}

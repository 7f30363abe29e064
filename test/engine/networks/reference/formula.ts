import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Network } from "../../../../src/engine/networks/network.ts";
import type { Parameter } from "../../../../src/engine/networks/parameter.ts";
import { fromPytorch } from "../../../../src/engine/networks/pytorch-layout.ts";

/** Norm, then sketches: sums of all values with pseudo-random signs. */
const toldSchema = z.array(z.number()).length(5);
export type Told = z.infer<typeof toldSchema>;

const passSchema = z.object({
  logits: z.array(z.number()),
  features: toldSchema,
  taps: z.array(toldSchema),
});

const caseSchema = z.object({
  id: z.string(),
  bands: z.number(),
  batch: z.number(),
  height: z.number(),
  width: z.number(),
  stem: z.enum(["standard", "small"]),
  seed: z.number(),
  classes: z.number(),
  parameters: z.number(),
  inference: passSchema,
  training: passSchema.extend({
    loss: z.number(),
    gradients: z.record(z.string(), toldSchema),
    statistics: z.record(z.string(), toldSchema),
  }),
});
export type ReferenceCase = z.infer<typeof caseSchema>;

/** What `networks.py` has found for a network, one case after another. */
export function referenceCases(id: string): ReferenceCase[] {
  const text = readFileSync(new URL(`./${id}.json`, import.meta.url), "utf8");
  return z.array(caseSchema).parse(JSON.parse(text));
}

/** `hash_of` of `networks.py`. */
function hashOf(text: string): number {
  let hash = 2166136261;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
  return hash;
}

/** 32 pseudo-random bits. */
function bitsAt(hash: number, index: number): number {
  let x = (hash + Math.imul(index, 0x9e3779b9)) | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

/** `uniform` of `networks.py`: numbers in [−1, 1), the same for the same name. */
export function uniform(name: string, count: number): Float64Array {
  const hash = hashOf(name);
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) values[i] = bitsAt(hash, i) / 2147483648 - 1;
  return values;
}

/** An array as the reference tells it. */
export function tell(name: string, values: Float32Array): Told {
  let square = 0;
  for (let i = 0; i < values.length; i++) square += values[i]! * values[i]!;
  const told = [Math.sqrt(square)];
  for (let k = 0; k < 4; k++) {
    const hash = hashOf(`${name}/${k}`);
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += bitsAt(hash, i) < 2147483648 ? -values[i]! : values[i]!;
    told.push(sum);
  }
  return told;
}

/** The squared norm of the difference of two arrays, estimated from their sketches. */
export function squaredDifference(actual: Told, expected: Told): number {
  let sum = 0;
  for (let k = 1; k < expected.length; k++) sum += (actual[k]! - expected[k]!) ** 2;
  return sum / (expected.length - 1);
}

/** Norm of the difference over the norm of the reference. */
export function relativeDifference(actual: Told, expected: Told): number {
  return Math.sqrt(squaredDifference(actual, expected)) / expected[0]!;
}

function formulaValues(parameter: Parameter): Float32Array {
  const { name, kind, shape, size } = parameter;
  const u = uniform(name, size);
  const fanIn = size / shape.at(-1)!;
  switch (kind) {
    case "convolution":
      return Float32Array.from(u, (value) => value * Math.sqrt(6 / fanIn));
    case "linear":
      return Float32Array.from(u, (value) => value * Math.sqrt(3 / fanIn));
    case "scale":
      return Float32Array.from(u, (value) => 1 + 0.2 * value);
    case "shift":
      return Float32Array.from(u, (value) => (value < 0 ? value - 2 : value + 2));
    case "bias":
      return Float32Array.from(u, (value) => 0.1 * value);
  }
}

/** Gives a network the weights and running statistics of the formula. */
export function fill(network: Network): void {
  const arrays: Record<string, Float32Array> = {};
  for (const [name, parameter] of network.parameters) {
    arrays[name] = fromPytorch(parameter, formulaValues(parameter));
  }
  for (const [name, { length }] of network.statistics) {
    const isVariance = name.endsWith("running_var");
    arrays[name] = Float32Array.from(uniform(name, length), (u) => (isVariance ? 1 + 0.3 * u : 0.1 * u));
  }
  network.load(arrays);
}

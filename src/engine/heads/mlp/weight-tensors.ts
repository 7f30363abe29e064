import { FieldmarkError } from "../../../shared/errors.ts";
import type { EngineMath, Tensor2D } from "../../backends/index.ts";
import type { NamedArrays } from "../../embeddings/named-arrays.ts";

/**
 * Stored weights as tensors of these shapes.
 * @throws FieldmarkError `no-model` where an array is missing or of another size
 */
export function tensorsOf<Name extends string>(
  tf: EngineMath,
  arrays: NamedArrays,
  shapes: Readonly<Record<Name, readonly [number, number]>>,
): Record<Name, Tensor2D> {
  const names = Object.keys(shapes) as Name[];
  for (const name of names) {
    const [rows, columns] = shapes[name];
    if (arrays[name]?.length === rows * columns) continue;
    throw new FieldmarkError("no-model", "The classifier's weights do not fit its description. Train again.");
  }
  const entries = names.map((name) => [
    name,
    tf.tensor2d(arrays[name] ?? new Float32Array(0), [...shapes[name]]),
  ]);
  return Object.fromEntries(entries) as Record<Name, Tensor2D>;
}

/** The values of some weights. */
export function valuesOf(weights: Readonly<Record<string, Tensor2D>>): NamedArrays {
  return Object.fromEntries(
    Object.entries(weights).map(([name, tensor]) => [name, tensor.dataSync<"float32">()]),
  );
}

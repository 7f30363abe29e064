import type { Tensor } from "../backends/index.ts";
import type { Attribute, Kernels } from "./kernels.ts";

/** TensorFlow's name for a variable that shares its storage with no other. */
const ANONYMOUS = "cd2c89b7-88b7-44c8-ad83-06c2a9158347";

/**
 * Float32 values that operations change in place: an optimiser's step over all weights then writes nothing
 * but the weights. A tensor read from a variable keeps the values it was read with.
 */
export class Variable {
  readonly shape: readonly number[];
  readonly #kernels: Kernels;
  readonly #handle: Tensor;
  readonly #type: readonly Attribute[];
  #value: Tensor | null = null;

  /** @param values row-major, as many as the shape says */
  constructor(kernels: Kernels, shape: readonly number[], values: Float32Array) {
    this.#kernels = kernels;
    this.shape = shape;
    this.#type = [kernels.type("dtype")];
    this.#handle = kernels.tf.keep(
      kernels.one(
        "VarHandleOp",
        [
          ...this.#type,
          kernels.shape("shape", shape),
          kernels.text("container", ""),
          kernels.text("shared_name", ANONYMOUS),
        ],
        [],
      ),
    );
    this.assign(values);
  }

  /** The present values. Belongs to the variable, and is disposed of with the next change. */
  get value(): Tensor {
    this.#value ??= this.#kernels.tf.keep(this.#kernels.one("ReadVariableOp", this.#type, [this.#handle]));
    return this.#value;
  }

  /** Changes the values in place by an operation whose first input is the variable itself. */
  update(name: string, attributes: readonly Attribute[], others: readonly (Tensor | Variable)[]): void {
    // Read values that are still held would force a copy.
    this.#forget();
    const inputs = others.map((input) => (input instanceof Variable ? input.#forget() : input));
    this.#kernels.run(name, attributes, [this.#handle, ...inputs], 0);
  }

  /** @param values row-major, as many as the shape says */
  assign(values: Float32Array): void {
    // The tensor would share the caller's memory, which the caller may go on to change.
    const tensor = this.#kernels.tf.tensor(values.slice(), [...this.shape]);
    this.update("AssignVariableOp", this.#type, [tensor]);
    tensor.dispose();
  }

  /** A copy of the present values, row-major. */
  read(): Float32Array {
    return this.value.dataSync<"float32">();
  }

  dispose(): void {
    this.#forget();
    this.#kernels.run(
      "DestroyResourceOp",
      [this.#kernels.flag("ignore_lookup_error", true)],
      [this.#handle],
      0,
    );
    this.#handle.dispose();
  }

  #forget(): Tensor {
    this.#value?.dispose();
    this.#value = null;
    return this.#handle;
  }
}

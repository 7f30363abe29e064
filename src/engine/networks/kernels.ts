import { FieldmarkError } from "../../shared/errors.ts";
import type { EngineMath, Tensor } from "../backends/index.ts";

/** One attribute of a TensorFlow operation, as the native binding takes it. */
export interface Attribute {
  readonly name: string;
  readonly type: number;
  readonly value: string | number | boolean | readonly number[];
}

const ATTRIBUTE_TYPES = [
  "TF_ATTR_STRING",
  "TF_ATTR_INT",
  "TF_ATTR_FLOAT",
  "TF_ATTR_BOOL",
  "TF_ATTR_TYPE",
  "TF_ATTR_SHAPE",
  "TF_FLOAT",
] as const;

/** The part of the native backend that is used here; TensorFlow.js has no types for it. */
interface NativeBackend {
  readonly binding: Readonly<Record<(typeof ATTRIBUTE_TYPES)[number], number>>;
  readonly isUsingGpuDevice: boolean;
  executeMultipleOutputs(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly Tensor[],
    outputs: number,
  ): Tensor[];
}

function isNative(backend: unknown): backend is NativeBackend {
  if (typeof backend !== "object" || backend === null) return false;
  const binding: unknown = Reflect.get(backend, "binding");
  if (typeof binding !== "object" || binding === null) return false;
  return (
    typeof Reflect.get(backend, "executeMultipleOutputs") === "function" &&
    ATTRIBUTE_TYPES.every((name) => typeof Reflect.get(binding, name) === "number")
  );
}

/**
 * TensorFlow's own operations on float32 tensors, called one by one without TensorFlow.js's gradients: the
 * networks bring their own backward pass. Every tensor that comes out belongs to the caller.
 */
export class Kernels {
  readonly tf: EngineMath;
  /** True where operations run on a graphics card. */
  readonly onGpu: boolean;
  /** The attribute that says "float32" to most operations. */
  readonly float: Attribute;
  readonly #native: NativeBackend;

  constructor(tf: EngineMath, native: NativeBackend) {
    this.tf = tf;
    this.#native = native;
    this.onGpu = native.isUsingGpuDevice;
    this.float = this.type("T");
  }

  /** An attribute that names the element type, which is float32 throughout. */
  type(name: string): Attribute {
    return { name, type: this.#native.binding.TF_ATTR_TYPE, value: this.#native.binding.TF_FLOAT };
  }

  text(name: string, value: string): Attribute {
    return { name, type: this.#native.binding.TF_ATTR_STRING, value };
  }

  integers(name: string, value: number | readonly number[]): Attribute {
    return { name, type: this.#native.binding.TF_ATTR_INT, value };
  }

  number(name: string, value: number): Attribute {
    return { name, type: this.#native.binding.TF_ATTR_FLOAT, value };
  }

  flag(name: string, value: boolean): Attribute {
    return { name, type: this.#native.binding.TF_ATTR_BOOL, value };
  }

  shape(name: string, value: readonly number[]): Attribute {
    return { name, type: this.#native.binding.TF_ATTR_SHAPE, value };
  }

  /** Runs an operation and gives all of its outputs. */
  run(name: string, attributes: readonly Attribute[], inputs: readonly Tensor[], outputs: number): Tensor[] {
    return this.#native.executeMultipleOutputs(name, attributes, inputs, outputs);
  }

  /** Runs an operation with one output. */
  one(name: string, attributes: readonly Attribute[], inputs: readonly Tensor[]): Tensor {
    return this.#native.executeMultipleOutputs(name, attributes, inputs, 1)[0]!;
  }
}

/**
 * The operations of the native backend, which must be the active one.
 * @throws FieldmarkError `backend-unavailable` on any other backend
 */
export function openKernels(tf: EngineMath): Kernels {
  const backend: unknown = tf.backend();
  if (isNative(backend)) return new Kernels(tf, backend);
  throw new FieldmarkError(
    "backend-unavailable",
    `End-to-end networks need the native TensorFlow backend, and this is the ${tf.getBackend()} backend, which ` +
      "can't train convolutions. Run \"npm run setup\" in Fieldmark's folder to build the native one, or train a " +
      "head on frozen embeddings, which works on any machine.",
    { details: { backend: tf.getBackend() } },
  );
}

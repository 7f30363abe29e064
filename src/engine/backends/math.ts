import { createRequire } from "node:module";

/**
 * The mathematics of the engine: TensorFlow.js's core operations, gradients and layers.
 * A type only, since importing the package by itself would compute on no chosen backend.
 */
export type EngineMath = typeof import("@tensorflow/tfjs");

export type {
  Rank,
  Tensor,
  Tensor1D,
  Tensor2D,
  Tensor3D,
  Tensor4D,
  TensorLike,
  Variable,
} from "@tensorflow/tfjs";

/** Every TensorFlow.js package is loaded through this one `require`, so that they share one core and its engine. */
export const requirePackage = createRequire(import.meta.url);

/** The union package; `@tensorflow/tfjs-node-gpu` and the WASM backend register themselves with its core. */
export function loadMath(): EngineMath {
  return requirePackage("@tensorflow/tfjs") as EngineMath;
}

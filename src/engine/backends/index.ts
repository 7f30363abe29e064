export type { Backend, BackendFacts, BackendId, BackendPreference } from "./backend.ts";
export { factsOf, type LoadBackendOptions, loadBackend } from "./load-backend.ts";
export type {
  EngineMath,
  Rank,
  Tensor,
  Tensor1D,
  Tensor2D,
  Tensor3D,
  Tensor4D,
  TensorLike,
  Variable,
} from "./math.ts";
export { type ProbeOptions, probeBackend } from "./probe.ts";

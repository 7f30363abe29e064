import { FieldmarkError } from "../../shared/errors.ts";
import type { Backend, BackendFacts, BackendPreference } from "./backend.ts";
import { hasNativeBinding, loadTensorflow, whyNotNative } from "./tensorflow.ts";
import { loadWasm } from "./wasm.ts";

export interface LoadBackendOptions {
  /** `auto` (default): native where it loads, else WASM with the reason. */
  readonly prefer?: BackendPreference;
  /** CPU threads of one native operation, at least 1; default all of them. */
  readonly threads?: number;
}

/**
 * Loads a backend and makes it the active one of this process. One process uses one backend:
 * a second call with another preference switches what every later operation runs on.
 * Writes nothing to stdout.
 * @throws FieldmarkError `backend-unavailable` where the asked-for backend can't be loaded;
 *   `auto` throws it only where WASM does not start either
 */
export async function loadBackend(options: LoadBackendOptions = {}): Promise<Backend> {
  const { prefer = "auto", threads } = options;
  if (prefer === "wasm") {
    return loadWasm({
      reason: "WASM was asked for.",
      improve: hasNativeBinding()
        ? "Leave the choice to Fieldmark: the native backend is installed and faster."
        : whyNotNative().improve,
    });
  }
  if (prefer === "tensorflow") return loadTensorflow(threads);
  if (!hasNativeBinding()) return loadWasm(whyNotNative());
  try {
    return await loadTensorflow(threads);
  } catch (error) {
    if (!(error instanceof FieldmarkError)) throw error;
    return loadWasm(whyNotNative(error.cause));
  }
}

/** A backend's facts without its functions. */
export function factsOf(backend: Backend): BackendFacts {
  const { tf: _functions, ...facts } = backend;
  return facts;
}

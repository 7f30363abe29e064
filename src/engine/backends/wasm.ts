import { FieldmarkError } from "../../shared/errors.ts";
import type { Backend } from "./backend.ts";
import { loadMath, requirePackage } from "./math.ts";

type ProcessEvent = "uncaughtException" | "unhandledRejection";
const CRASH_EVENTS: readonly ProcessEvent[] = ["uncaughtException", "unhandledRejection"];

/** Removes the crash handlers that the WASM module hangs on the process: ours decide what an error means. */
async function withoutForeignCrashHandlers<T>(load: () => Promise<T>): Promise<T> {
  const before = CRASH_EVENTS.map((event) => new Set<unknown>(process.rawListeners(event)));
  try {
    return await load();
  } finally {
    CRASH_EVENTS.forEach((event, index) => {
      for (const listener of process.rawListeners(event)) {
        if (!before[index]?.has(listener)) process.off(event, listener as (...args: unknown[]) => void);
      }
    });
  }
}

/**
 * Loads the WASM backend (SIMD where the processor has it; one thread, which is all it offers under Node)
 * and makes it the active one. It finds its `.wasm` files beside its own script, never over the network.
 * @param why why WASM and not the native library, and what would change that
 * @throws FieldmarkError `backend-unavailable` where WebAssembly does not start
 */
export async function loadWasm(why: { reason: string; improve: string | null }): Promise<Backend> {
  const tf = loadMath();
  try {
    const started = await withoutForeignCrashHandlers(async () => {
      requirePackage("@tensorflow/tfjs-backend-wasm");
      const success = await tf.setBackend("wasm");
      await tf.ready();
      return success;
    });
    if (!started) throw new Error("the WASM backend did not initialise");
  } catch (cause) {
    throw new FieldmarkError(
      "backend-unavailable",
      'The WASM backend did not start, so nothing can be computed. Run "npm ci" again in Fieldmark\'s folder.',
      { cause },
    );
  }
  return {
    id: "wasm",
    reason: why.reason,
    improve: why.improve,
    version: tf.version["tfjs-core"],
    tfjsVersion: tf.version["tfjs-core"],
    trainsConvolutions: false,
    tf,
  };
}

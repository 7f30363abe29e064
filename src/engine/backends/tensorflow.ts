import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import util from "node:util";
import { FieldmarkError } from "../../shared/errors.ts";
import type { Backend } from "./backend.ts";
import { type EngineMath, loadMath, requirePackage } from "./math.ts";
import { nativeLocation, readNativeRecord } from "./native-location.ts";

const BUILD_IT =
  'Run "npm run setup" in Fieldmark\'s folder: it builds the native backend or says what is missing.';

/** TensorFlow reads these once, while it loads; what the user has set stays. */
function setEnvironment(threads: number): void {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "2";
  process.env.TF_FORCE_GPU_ALLOW_GROWTH ??= "true";
  process.env.TF_NUM_INTRAOP_THREADS ??= String(threads);
  // On older processors TensorFlow leaves it off, and convolutions take three times as long.
  process.env.TF_ENABLE_ONEDNN_OPTS ??= "1";
}

/** The package still calls two helpers that Node 23 removed. */
function restoreRemovedHelpers(): void {
  const helpers: Record<string, unknown> = {
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
    isArray: Array.isArray,
  };
  for (const [name, helper] of Object.entries(helpers)) {
    if (!(name in util)) Object.assign(util, { [name]: helper });
  }
}

function property(holder: unknown, name: string): unknown {
  return typeof holder === "object" && holder !== null ? Reflect.get(holder, name) : undefined;
}

/** Sentences for the two cases in which the native library can't be used. */
export function whyNotNative(cause?: unknown): { reason: string; improve: string } {
  const location = nativeLocation();
  const record = readNativeRecord(location);
  if (cause === undefined && record && !record.ready) {
    return { reason: record.reason, improve: record.improve ?? BUILD_IT };
  }
  if (cause === undefined) {
    return { reason: "The native TensorFlow backend has not been built on this machine.", improve: BUILD_IT };
  }
  const message = cause instanceof Error ? cause.message : String(cause);
  return {
    reason: `The native TensorFlow backend did not load: ${message.split("\n")[0]}.`,
    improve: BUILD_IT,
  };
}

/** True where the set-up has left a binding; loading it may still fail. */
export function hasNativeBinding(): boolean {
  return existsSync(nativeLocation().binding);
}

/**
 * Loads the native backend into this process and makes it the active one.
 * @param threads CPU threads of one operation (at least 1)
 * @throws FieldmarkError `backend-unavailable` where the binding or libtensorflow is missing or does not load
 */
export async function loadTensorflow(threads = availableParallelism()): Promise<Backend> {
  if (!hasNativeBinding()) {
    const { reason, improve } = whyNotNative();
    throw new FieldmarkError("backend-unavailable", `${reason} ${improve}`);
  }
  setEnvironment(threads);
  restoreRemovedHelpers();
  let tf: EngineMath;
  try {
    requirePackage("@tensorflow/tfjs-node-gpu");
    tf = loadMath();
    await tf.setBackend("tensorflow");
    await tf.ready();
  } catch (cause) {
    const { reason, improve } = whyNotNative(cause);
    throw new FieldmarkError("backend-unavailable", `${reason} ${improve}`, { cause });
  }
  const native = tf.backend();
  const onGpu = property(native, "isUsingGpuDevice") === true;
  const libtensorflow = String(property(property(native, "binding"), "TF_Version") ?? "unknown");
  return {
    id: onGpu ? "tensorflow-cuda" : "tensorflow-cpu",
    reason: onGpu
      ? `The native TensorFlow ${libtensorflow} found a CUDA graphics card.`
      : `The native TensorFlow ${libtensorflow} runs on the processor; it found no CUDA graphics card it can use.`,
    improve: onGpu
      ? null
      : 'On Linux with an NVIDIA card, "npm run setup -- --cuda" adds the CUDA libraries; training becomes many times faster.',
    version: libtensorflow,
    tfjsVersion: tf.version["tfjs-core"],
    trainsConvolutions: true,
    tf,
  };
}

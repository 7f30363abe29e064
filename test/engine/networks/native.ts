import { type EngineMath, loadBackend } from "../../../src/engine/backends/index.ts";
import { hasNativeBinding } from "../../../src/engine/backends/tensorflow.ts";

/** Networks run on the native backend only: where there is none their tests are left out. */
export const withoutNative = !hasNativeBinding();
export const REASON = "no native backend was built";

export async function nativeMath(): Promise<EngineMath> {
  const { tf } = await loadBackend({ prefer: "tensorflow" });
  return tf;
}

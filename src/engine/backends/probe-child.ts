// The child process of probeBackend: loads a backend, computes once, reports, ends.
import { toErrorShape } from "../../shared/errors.ts";
import type { BackendPreference } from "./backend.ts";
import { factsOf, loadBackend } from "./load-backend.ts";

const asked = process.argv[2];
const prefer: BackendPreference = asked === "tensorflow" || asked === "wasm" ? asked : "auto";

async function answer(): Promise<unknown> {
  try {
    const backend = await loadBackend({ prefer });
    const { tf } = backend;
    // A library built for another processor loads well and dies at its first operation.
    const product = tf.tidy(() => tf.matMul(tf.ones([8, 8]), tf.ones([8, 8])).dataSync());
    if (product[0] !== 8) throw new Error("the backend multiplies wrongly");
    return { ok: true, facts: factsOf(backend) };
  } catch (error) {
    return { ok: false, message: toErrorShape(error).message.replace(/\.$/, "") };
  }
}

process.send?.(await answer(), () => process.disconnect());

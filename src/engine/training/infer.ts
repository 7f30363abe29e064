import type { EngineMath } from "../backends/index.ts";
import type { Network } from "../networks/network.ts";
import { breathe, type Work } from "../work.ts";
import { imageTensor } from "./batches.ts";
import type { Pixels } from "./pixels.ts";

/** Pixels of a batch in inference: bounds its memory to about a gigabyte with the largest network. */
const MOST_PIXELS = 32 * 128 * 128;

/** Images that go through a network at once. */
export function inferenceBatch(side: number): number {
  return Math.max(1, Math.min(64, Math.floor(MOST_PIXELS / (side * side))));
}

/** Logits of some patches, rows × classes. */
export async function inferLogits(
  tf: EngineMath,
  network: Network,
  pixels: Pixels,
  rows: Uint32Array,
  work: Work,
): Promise<Float32Array> {
  const logits = new Float32Array(rows.length * network.classes);
  const step = inferenceBatch(pixels.form.side);
  for (let start = 0; start < rows.length; start += step) {
    await breathe(work);
    const images = imageTensor(tf, await pixels.read(rows.subarray(start, start + step)), pixels.form, null);
    const outputs = network.infer(images);
    logits.set(outputs.logits.dataSync<"float32">(), start * network.classes);
    tf.dispose([images, outputs.logits, outputs.features]);
  }
  return logits;
}

import type { EngineMath } from "./backends/index.ts";
import { openEmbeddings } from "./embeddings/embedding-set.ts";
import { blocksOf, storedVectors } from "./embeddings/patch-vectors.ts";
import { openModel } from "./open-model.ts";
import { breathe, type Work } from "./work.ts";

export interface PredictRequest {
  readonly embeddings: string;
  readonly model: string;
  readonly ids: Int32Array;
}

/**
 * Calibrated probabilities, ids.length × classes, row-major; NaN where a patch has no embedding.
 * @throws FieldmarkError `no-embeddings`, `no-model`
 */
export async function predict(
  { embeddings, model, ids }: PredictRequest,
  tf: EngineMath,
  work: Work,
): Promise<Float32Array> {
  const set = await openEmbeddings(embeddings);
  try {
    const { head, space, classes } = await openModel(model, set, tf);
    const vectors = storedVectors(set, space, ids);
    const rows = Uint32Array.from(ids.keys()).filter((i) => set.rowOf(ids[i]!) !== undefined);
    const probabilities = new Float32Array(ids.length * classes).fill(Number.NaN);
    for (const positions of blocksOf(vectors)) {
      await breathe(work);
      const block = head.probabilities(await vectors.read(positions));
      positions.forEach((position, i) => {
        probabilities.set(block.subarray(i * classes, (i + 1) * classes), rows[position]! * classes);
      });
      work.progress({ done: positions.at(-1)! + 1, total: vectors.count, message: "Predicting" });
    }
    return probabilities;
  } finally {
    await set.close();
  }
}

import { resolve } from "node:path";
import type { EngineMath } from "../backends/index.ts";
import { inOrderOf } from "../earlier-model.ts";
import { openEmbeddings } from "../embeddings/embedding-set.ts";
import { blocksOf, type StoredPatchVectors, storedVectors } from "../embeddings/patch-vectors.ts";
import type { EarlierHead } from "../heads/head.ts";
import { type OpenModel, openModel } from "../open-model.ts";
import { breathe, type Work } from "../work.ts";
import { besideProbabilities, companionProbabilities } from "./companions.ts";
import { featuresFolder } from "./features.ts";

/** Patches with what an earlier network made of them, and the head that reads it there. */
export interface ComparedPatches {
  readonly previous: EarlierHead;
  readonly candidates: StoredPatchVectors;
  readonly labeled: StoredPatchVectors;
}

/** True where a model looks at features that it has made itself. */
export function seesOwnFeatures(model: string, embeddings: string): boolean {
  return resolve(embeddings) === resolve(featuresFolder(model));
}

/**
 * An earlier network has features of its own, which the newest one's vectors don't hold. So its probabilities
 * are computed from them and travel with the patches, as companions; NaN where it has not seen a patch. Null
 * where its classes can't be compared.
 * @throws FieldmarkError `no-model`, `no-embeddings` where the earlier model or its features are gone
 */
export async function besideEarlierNetwork(
  folder: string,
  newest: OpenModel,
  { candidates, labeled }: Pick<ComparedPatches, "candidates" | "labeled">,
  tf: EngineMath,
  work: Work,
): Promise<ComparedPatches | null> {
  const set = await openEmbeddings(featuresFolder(folder));
  try {
    const earlier = await openModel(folder, set, tf);
    const ordered = inOrderOf(newest, earlier);
    if (!ordered) return null;
    const { classes } = newest;

    async function judge(patches: StoredPatchVectors): Promise<StoredPatchVectors> {
      const probabilities = new Float32Array(patches.count * classes).fill(Number.NaN);
      const seen = Uint32Array.from(patches.ids.keys()).filter(
        (i) => set.rowOf(patches.ids[i]!) !== undefined,
      );
      const vectors = storedVectors(
        set,
        earlier.space,
        Int32Array.from(seen, (i) => patches.ids[i]!),
      );
      for (const positions of blocksOf(vectors)) {
        await breathe(work);
        const block = ordered!(earlier.head.probabilities(await vectors.read(positions)));
        positions.forEach((position, i) => {
          probabilities.set(block.subarray(i * classes, (i + 1) * classes), seen[position]! * classes);
        });
      }
      return besideProbabilities(patches, probabilities, classes);
    }

    return {
      candidates: await judge(candidates),
      labeled: await judge(labeled),
      previous: { probabilities: (vectors) => companionProbabilities(vectors, classes) },
    };
  } finally {
    await set.close();
  }
}

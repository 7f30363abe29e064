import type { LabelMatrix } from "../../shared/contracts/engine.ts";
import type { PatchTable } from "../../shared/domain/imagery.ts";
import type { Metrics } from "../../shared/domain/learning.ts";
import type { EngineMath } from "../backends/index.ts";
import { openEmbeddings } from "../embeddings/embedding-set.ts";
import { storedVectors } from "../embeddings/patch-vectors.ts";
import { type StoredModel, saveMetrics } from "../heads/model-folder.ts";
import { labelRows } from "../label-rows.ts";
import { measure } from "../train.ts";
import type { Work } from "../work.ts";
import { computeFeatures, featuresFolder } from "./features.ts";
import { openNetworkHead } from "./network-head.ts";

/**
 * Computes the features of the validation patches and measures the model on them, which its description
 * keeps; null where there are none.
 */
export async function measureModel(
  folder: string,
  { description, state, space }: StoredModel,
  { patches, validation }: { readonly patches: readonly PatchTable[]; readonly validation: LabelMatrix },
  tf: EngineMath,
  work: Work,
): Promise<Metrics | null> {
  if (validation.ids.length === 0) return null;
  const { kind, classIds } = description;
  const wanted = new Set(validation.ids);
  await computeFeatures({ patches: patches.map((table) => only(table, wanted)), model: folder }, tf, work);
  const set = await openEmbeddings(featuresFolder(folder));
  try {
    const vectors = storedVectors(set, space, validation.ids);
    const rows = Array.from(validation.ids.keys()).filter((i) => set.rowOf(validation.ids[i]!) !== undefined);
    const labels = labelRows(validation.states, classIds.length, rows);
    const metrics = await measure(vectors, labels, classIds, openNetworkHead(state, kind, tf), kind, work);
    await saveMetrics(folder, metrics);
    return metrics;
  } finally {
    await set.close();
  }
}

function only(table: PatchTable, wanted: ReadonlySet<number>): PatchTable {
  const rows = Array.from(table.ids.keys()).filter((row) => wanted.has(table.ids[row]!));
  const take = (column: Int32Array) => Int32Array.from(rows, (row) => column[row]!);
  const { root, scenes, ids, scene, x, y, width, height } = table;
  return {
    root,
    scenes,
    ids: take(ids),
    scene: take(scene),
    x: take(x),
    y: take(y),
    width: take(width),
    height: take(height),
  };
}

import { NETWORK_HEAD } from "../../shared/contracts/engine.ts";
import type { ProjectStore } from "../../store/project-store.ts";
import type { EngineHost } from "../engine-host/engine-host.ts";
import { decisionsOf, saveDecisions } from "../model-decisions.ts";
import { loadPredictions, type PredictionTable, savePredictions } from "../predictions.ts";
import type { Work } from "../work.ts";
import { callOptions } from "./encoding.ts";
import { computeFeatures } from "./network-features.ts";
import { usableIds } from "./patch-sets.ts";
import { embeddingsFolder, modelFolder } from "./project-folder.ts";

export interface PredictingModel {
  readonly id: string;
  readonly encoder: string;
  readonly head: string;
  readonly classIds: readonly number[];
  /** Known of a model that was just trained: its decisions are kept then, for comparing it with later ones. */
  readonly trainedOn?: Int32Array;
}

/** The model's probabilities for every usable patch: from the cache where they are there, else computed and kept. */
export async function predictAll(
  store: ProjectStore,
  engine: EngineHost,
  model: PredictingModel,
  work: Work,
): Promise<PredictionTable> {
  const ids = usableIds(store);
  const cached = await loadPredictions(store.paths.folder, model.id);
  if (cached && cached.ids.length === ids.length && cached.ids.every((id, row) => id === ids[row]))
    return cached;
  const embeddings =
    model.head === NETWORK_HEAD
      ? (await computeFeatures(store, engine, model.id, work)).folder
      : embeddingsFolder(store.paths.folder, model.encoder);
  const { probabilities } = await engine.call(
    "predict",
    {
      embeddings,
      model: modelFolder(store.paths.folder, model.id),
      ids,
    },
    callOptions(work),
  );
  const table: PredictionTable = { modelId: model.id, classIds: model.classIds, ids, probabilities };
  // Without room for the cache the predictions still hold in memory.
  if (!store.readOnly) await savePredictions(store.paths.folder, table).catch(() => {});
  if (model.trainedOn) {
    const kept = decisionsOf(table, store.project().kind, model.trainedOn);
    await saveDecisions(modelFolder(store.paths.folder, model.id), kept);
  }
  return table;
}

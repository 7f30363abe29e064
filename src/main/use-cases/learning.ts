import type { ProjectStore } from "../../store/project-store.ts";
import type { EngineHost } from "../engine-host/engine-host.ts";
import type { PredictionTable } from "../predictions.ts";
import type { Work } from "../work.ts";
import { encodeProject } from "./encoding.ts";
import { chosenNetwork } from "./network-choice.ts";
import { predictAll } from "./predicting.ts";
import { requireTrainable, type TrainedModel, type TrainingRequest, trainModel } from "./training.ts";

/** Trains on everything labelled and predicts everything, without a new query. Errors: `no-labels`. */
export async function learnFromLabels(
  store: ProjectStore,
  engine: EngineHost,
  request: TrainingRequest,
  work: Work,
): Promise<{ model: TrainedModel; predictions: PredictionTable }> {
  requireTrainable(store);
  if (!chosenNetwork(store, request)) await encodeProject(store, engine, request.encoder, work);
  const model = await trainModel(store, engine, request, work);
  return { model, predictions: await predictAll(store, engine, model, work) };
}

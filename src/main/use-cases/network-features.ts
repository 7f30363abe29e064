import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { NETWORK_HEAD } from "../../shared/contracts/engine.ts";
import type { ProjectStore } from "../../store/project-store.ts";
import type { EngineHost } from "../engine-host/engine-host.ts";
import type { Work } from "../work.ts";
import { callOptions, computeMissing, type Embeddings } from "./encoding.ts";
import { modelFolder } from "./project-folder.ts";

/** Networks whose features stay: the newest, and the one before it, which it is compared with. */
const KEPT = 2;

/** Where a network's features lie. */
function featuresFolder(store: ProjectStore, modelId: string): string {
  return join(modelFolder(store.paths.folder, modelId), "features");
}

/** Has a trained network look at every patch that it has not seen yet. */
export function computeFeatures(
  store: ProjectStore,
  engine: EngineHost,
  modelId: string,
  work: Work,
): Promise<Embeddings> {
  const model = modelFolder(store.paths.folder, modelId);
  return computeMissing(store, modelId, featuresFolder(store, modelId), (patches, outdated) =>
    engine.call("features", { patches: [patches], model, outdated }, callOptions(work)),
  );
}

/** Throws the features of older networks away: they are large, and can be computed again. */
export async function pruneFeatures(store: ProjectStore): Promise<void> {
  const networks = store
    .models()
    .filter(({ id, head }) => head === NETWORK_HEAD && existsSync(featuresFolder(store, id)));
  for (const { id } of networks.slice(0, -KEPT)) {
    await rm(featuresFolder(store, id), { recursive: true, force: true });
  }
}

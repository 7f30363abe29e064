import type { EngineContract } from "../../shared/contracts/engine.ts";
import type { CallOutput } from "../../shared/rpc/contract.ts";
import type { ProjectStore } from "../../store/project-store.ts";
import type { EngineHost } from "../engine-host/engine-host.ts";
import type { Work } from "../work.ts";
import { usableIds } from "./patch-sets.ts";
import { embeddingsFolder } from "./project-folder.ts";

export interface Embeddings extends CallOutput<EngineContract, "encode"> {
  readonly folder: string;
}

/** Signal and progress in the form of an rpc call. */
export function callOptions(work: Work): { signal?: AbortSignal; onProgress: Work["progress"] } {
  return { ...(work.signal ? { signal: work.signal } : {}), onProgress: work.progress };
}

/** Computes the embeddings that are missing; patches that a splits file left out are not encoded. */
export async function encodeProject(
  store: ProjectStore,
  engine: EngineHost,
  encoder: string,
  work: Work,
): Promise<Embeddings> {
  const folder = embeddingsFolder(store.paths.folder, encoder);
  const { seed } = store.project().settings;
  const total: Embeddings = { folder, dimensions: 0, count: 0, computed: 0, seconds: 0, failures: [] };
  for (const patches of store.patchTables(usableIds(store))) {
    const input = { patches: { ...patches, scenes: [...patches.scenes] }, encoder, seed, folder };
    const part = await engine.call("encode", input, callOptions(work));
    total.dimensions = part.dimensions;
    total.count = part.count;
    total.computed += part.computed;
    total.seconds += part.seconds;
    total.failures.push(...part.failures);
  }
  return total;
}

import { join } from "node:path";
import type { EngineContract } from "../../shared/contracts/engine.ts";
import type { CallOutput } from "../../shared/rpc/contract.ts";
import type { ProjectStore } from "../../store/project-store.ts";
import type { EngineHost } from "../engine-host/engine-host.ts";
import type { Work } from "../work.ts";

export interface Embeddings extends CallOutput<EngineContract, "encode"> {
  readonly folder: string;
}

export function embeddingsFolder(projectFolder: string, encoder: string): string {
  return join(projectFolder, "embeddings", encoder);
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
  const folder = embeddingsFolder(store.folder, encoder);
  const result = await engine.call(
    "encode",
    { patches: store.patchTable(store.usableIds()), encoder, seed: store.project().settings.seed, folder },
    callOptions(work),
  );
  return { ...result, folder };
}

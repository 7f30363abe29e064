import { rm } from "node:fs/promises";
import type { EngineContract } from "../../shared/contracts/engine.ts";
import { FieldmarkError } from "../../shared/errors.ts";
import type { CallInput, CallOutput } from "../../shared/rpc/contract.ts";
import type { ProjectStore } from "../../store/project-store.ts";
import type { EngineHost } from "../engine-host/engine-host.ts";
import type { Work } from "../work.ts";
import { usableIds } from "./patch-sets.ts";
import { embeddingsFolder } from "./project-folder.ts";

/** Not the project's seed: that one may be changed without throwing the embeddings away. */
const ENCODER_SEED = 1;

export interface Embeddings extends CallOutput<EngineContract, "encode"> {
  readonly folder: string;
}

/** Signal and progress in the form of an rpc call. */
export function callOptions(work: Work): { signal?: AbortSignal; onProgress: Work["progress"] } {
  return { ...(work.signal ? { signal: work.signal } : {}), onProgress: work.progress };
}

/** Whether what lies in the folder can't be gone on with: damaged, or made by another version of the encoder. */
function isStale(error: unknown, folder: string): boolean {
  return (
    error instanceof FieldmarkError &&
    (error.code === "invalid-input" || error.code === "no-embeddings") &&
    error.details.path === folder
  );
}

/**
 * Computes the embeddings that are missing, and again those of patches whose pixels have changed since; patches that a
 * splits file left out, or whose imagery is missing, are not encoded.
 * Embeddings that can't be gone on with are computed anew: all that they hold comes from the imagery.
 */
export async function encodeProject(
  store: ProjectStore,
  engine: EngineHost,
  encoder: string,
  work: Work,
): Promise<Embeddings> {
  const folder = embeddingsFolder(store.paths.folder, encoder);
  try {
    return await encodeMissing(store, engine, encoder, folder, work);
  } catch (error) {
    if (!isStale(error, folder) || store.readOnly) throw error;
    work.progress({ done: 0, total: 0, message: "The embeddings are outdated and are computed anew" });
    await rm(folder, { recursive: true });
    return encodeMissing(store, engine, encoder, folder, work);
  }
}

function encodeMissing(
  store: ProjectStore,
  engine: EngineHost,
  encoder: string,
  folder: string,
  work: Work,
): Promise<Embeddings> {
  return computeMissing(store, encoder, folder, (patches, outdated) =>
    engine.call("encode", { patches, encoder, seed: ENCODER_SEED, folder, outdated }, callOptions(work)),
  );
}

/** Patches that take part and whose imagery is there, one table a source. */
export function readablePatches(store: ProjectStore): EncodedTable[] {
  const gone = new Set(store.patchIds({ missing: true }));
  const ids = usableIds(store).filter((id) => !gone.has(id));
  return store.patchTables(ids).map((patches) => ({ ...patches, scenes: [...patches.scenes] }));
}

type EncodedTable = CallInput<EngineContract, "encode">["patches"];

/**
 * Has what is missing of the patches' vectors computed, table by table.
 * @param maker an encoder or a model: when it has read all changed patches again, they are no longer outdated
 */
export async function computeMissing(
  store: ProjectStore,
  maker: string,
  folder: string,
  compute: (patches: EncodedTable, outdated: Int32Array) => Promise<CallOutput<EngineContract, "encode">>,
): Promise<Embeddings> {
  const total: Embeddings = { folder, dimensions: 0, count: 0, computed: 0, seconds: 0, failures: [] };
  const newest = store.newestChange();
  const outdated = store.outdatedPatches(maker);
  const tables = readablePatches(store);
  for (const patches of tables) {
    const part = await compute(patches, outdated);
    total.dimensions = part.dimensions;
    total.count = part.count;
    total.computed += part.computed;
    total.seconds += part.seconds;
    total.failures.push(...part.failures);
  }
  const encoded = new Set(tables.flatMap(({ ids }) => Array.from(ids)));
  for (const { id } of total.failures) encoded.delete(id);
  // One that could not be read now keeps all of them outdated: they are computed once more rather than never.
  if (outdated.length > 0 && outdated.every((id) => encoded.has(id)) && !store.readOnly)
    store.saveEncoded(maker, newest);
  return total;
}

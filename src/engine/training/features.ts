import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { createPatchReader } from "../../archive/patch-reader.ts";
import type { PatchTable } from "../../shared/domain/imagery.ts";
import { FieldmarkError } from "../../shared/errors.ts";
import type { EngineMath } from "../backends/index.ts";
import { readManifest, writeManifest } from "../embeddings/manifest.ts";
import { openVectorWriter } from "../embeddings/vector-files.ts";
import { type EncodeResult, encodeMissing } from "../encoders/encode.ts";
import { readModel, type StoredModel } from "../heads/model-folder.ts";
import { secondsSince, type Work } from "../work.ts";
import { networkEncoder } from "./network-encoder.ts";
import { openNetwork, parseNetworkConfig } from "./network-model.ts";

export interface FeaturesRequest {
  /** One table a source. */
  readonly patches: readonly PatchTable[];
  /** Model folder of a network. */
  readonly model: string;
  /** Patches whose pixels changed since their features were computed. */
  readonly outdated?: Int32Array | undefined;
}

/** Where a network's features lie: an embeddings folder of their own. */
export function featuresFolder(model: string): string {
  return join(model, "features");
}

/**
 * Computes what is missing of a network's features, beside its weights. Whatever a killed process had written
 * is kept, and the next call goes on from there.
 * @throws FieldmarkError `no-model` where the folder holds no network; `backend-unavailable`
 */
export async function computeFeatures(
  { patches, model, outdated }: FeaturesRequest,
  tf: EngineMath,
  work: Work,
): Promise<EncodeResult> {
  const start = performance.now();
  const stored = await readModel(model);
  const { form } = parseNetworkConfig(stored.state);
  const folder = featuresFolder(model);
  const manifest = await prepare(folder, stored);
  const writer = await openVectorWriter(folder, manifest.dimensions);
  const total = { count: 0, computed: 0, failures: [] as EncodeResult["failures"] };
  const old = new Set(outdated);
  const isComplete = patches.every(({ ids }) => ids.every((id) => writer.known.has(id) && !old.has(id)));
  if (isComplete) {
    await writer.close();
    const count = patches.reduce((sum, { ids }) => sum + ids.length, 0);
    return { ...total, count, dimensions: manifest.dimensions, seconds: secondsSince(start) };
  }
  const open = openNetwork(tf, stored);
  try {
    const encoder = networkEncoder(tf, open, form);
    for (const table of patches) {
      const reader = createPatchReader(table.root);
      try {
        const request = { patches: table, outdated };
        const message = "Looking at patches with the trained network";
        const part = await encodeMissing(
          request,
          reader,
          manifest,
          form.side,
          encoder,
          writer,
          work,
          message,
        );
        total.count += part.count;
        total.computed += part.computed;
        total.failures.push(...part.failures);
      } finally {
        await reader.close();
      }
    }
  } finally {
    await writer.close();
    open.dispose();
  }
  return { dimensions: manifest.dimensions, ...total, seconds: secondsSince(start) };
}

/** The folder's manifest, written where there is none yet. */
async function prepare(folder: string, { description, state }: StoredModel) {
  const { id, version, seed, dimensions } = description.encoder;
  const { form, features } = parseNetworkConfig(state);
  await mkdir(folder, { recursive: true });
  const manifest = {
    encoder: id,
    version,
    options: {},
    seed,
    bands: form.bands,
    side: form.side,
    dimensions,
    groups: [
      { name: "features", length: features, weight: 1 },
      ...(dimensions > features ? [{ name: "loss rank", length: dimensions - features, weight: 1 }] : []),
    ],
    config: {},
  };
  if (!(await readUsable(folder))) await writeManifest(folder, manifest, {});
  return manifest;
}

/** What can't be read is thrown away: everything in the folder comes from the weights and the imagery. */
async function readUsable(folder: string): Promise<boolean> {
  try {
    return (await readManifest(folder)) !== null;
  } catch (error) {
    if (!(error instanceof FieldmarkError)) throw error;
    await rm(folder, { recursive: true });
    await mkdir(folder);
    return false;
  }
}

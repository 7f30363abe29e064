import { NETWORK_HEAD } from "../shared/contracts/engine.ts";
import type { ProjectKind } from "../shared/domain/learning.ts";
import { FieldmarkError } from "../shared/errors.ts";
import type { EngineMath } from "./backends/index.ts";
import type { EmbeddingSet } from "./embeddings/embedding-set.ts";
import type { EmbeddingSpace } from "./embeddings/embedding-space.ts";
import type { OpenHead } from "./heads/head.ts";
import { HEADS } from "./heads/index.ts";
import { readModel } from "./heads/model-folder.ts";
import { findEntry } from "./registry.ts";
import { fits } from "./train.ts";
import { openNetworkHead } from "./training/network-head.ts";

export interface OpenModel {
  readonly head: OpenHead;
  readonly space: EmbeddingSpace;
  readonly kind: ProjectKind;
  readonly classes: number;
  /** Columns of the probabilities, in order. */
  readonly classIds: readonly number[];
}

/** @throws FieldmarkError `no-model` where it can't be read or was trained on other embeddings than these */
export async function openModel(folder: string, set: EmbeddingSet, tf: EngineMath): Promise<OpenModel> {
  const { description, space, state } = await readModel(folder);
  if (!fits(description.encoder, set)) {
    throw new FieldmarkError(
      "no-model",
      `The model in ${folder} was trained on embeddings of "${description.encoder.id}", not on those in ${set.folder}. Train again with this encoder.`,
      { details: { path: folder } },
    );
  }
  const head =
    description.head === NETWORK_HEAD
      ? openNetworkHead(state, description.kind, tf)
      : findEntry("head", HEADS, description.head).open(state, description.kind, tf);
  const { kind, classIds } = description;
  return { head, space, kind, classes: classIds.length, classIds };
}

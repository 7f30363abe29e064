import { join } from "node:path";
import type { NetworkTrainRequest } from "../../../src/engine/training/train-network.ts";
import type { PatchTable } from "../../../src/shared/domain/imagery.ts";
import { scratchFolder, writeArchive } from "../fixture.ts";

export const CLASS_IDS = [4, 9];

/** Labels of patches: class 4 is present on striped patches (even ids), class 9 on every third. */
export function labelsOf(ids: Int32Array) {
  return {
    ids,
    states: Int8Array.from(Array.from(ids).flatMap((id) => [id % 2 === 0 ? 1 : 0, id % 3 === 0 ? 1 : 0])),
  };
}

export interface TrainingScene {
  readonly patches: PatchTable;
  readonly work: string;
  readonly request: NetworkTrainRequest;
}

/** A request for a small ResNet-18 on an archive of small images, 12 of them labelled. */
export async function trainingScene(
  change: Partial<NetworkTrainRequest> = {},
  count = 20,
): Promise<TrainingScene> {
  const work = await scratchFolder();
  const patches = await writeArchive(await scratchFolder(), { count, side: 32, bands: 2 });
  const request: NetworkTrainRequest = {
    patches: [patches],
    kind: "multi-label",
    classIds: CLASS_IDS,
    classNames: ["striped", "third"],
    train: labelsOf(patches.ids.slice(0, 12)),
    validation: labelsOf(new Int32Array(0)),
    network: "resnet-18",
    options: { epochs: 3, batchSize: 4, learningRate: 0.05, momentum: 0.5 },
    warmStart: null,
    forQuery: null,
    seed: 7,
    journalPosition: 12,
    checkpoint: null,
    out: join(work, "models", "1"),
    ...change,
  };
  return { patches, work, request };
}

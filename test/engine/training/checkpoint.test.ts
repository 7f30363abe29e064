import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import {
  type Checkpoint,
  findCheckpoint,
  labelHash,
  type TrainingIdentity,
  writeCheckpoint,
} from "../../../src/engine/training/checkpoint.ts";
import { scratchFolder } from "../fixture.ts";
import { labelsOf } from "./scene.ts";

const TRAINING: TrainingIdentity = {
  network: "resnet-18",
  options: { epochs: 3, stem: "small" },
  kind: "multi-label",
  classIds: [4, 9],
  labels: labelHash(labelsOf(Int32Array.of(1, 2))),
  seed: 5,
  warmStart: null,
  lossModule: { lambda: 1, xi: 0.5 },
};

const CHECKPOINT: Checkpoint = {
  training: TRAINING,
  classNames: ["field", "forêt"],
  journalPosition: 17,
  form: { bands: ["B2"], side: 32, scaling: [{ low: 0, high: 1, center: 0.1, scale: 1 / 3 }] },
  position: { epoch: 1, batch: 4, lossSum: 0.1 + 0.2, history: [{ loss: 1 / 7, heldOut: null }] },
  watch: null,
  arrays: { "state/fc.weight": Float32Array.of(1.5, -0, 1e-42), "state/fc.bias": Float32Array.of(3) },
};

async function written(): Promise<string> {
  const file = join(await scratchFolder(), "models", "unfinished");
  await writeCheckpoint(file, CHECKPOINT);
  return file;
}

it("gives back exactly what was written, in one file and nothing beside it", async () => {
  const file = await written();
  await writeCheckpoint(file, CHECKPOINT);
  expect(await readdir(join(file, ".."))).toEqual(["unfinished"]);
  const reordered = { ...TRAINING, options: { stem: "small", epochs: 3 } };
  expect(await findCheckpoint(file, reordered)).toEqual({ kind: "usable", checkpoint: CHECKPOINT });
  expect(await findCheckpoint(`${file}-none`, TRAINING)).toEqual({ kind: "none" });
});

it.each([
  ["labels", { labels: labelHash(labelsOf(Int32Array.of(1, 3))) }],
  ["options", { options: { epochs: 4, stem: "small" } }],
  ["classIds", { classIds: [9, 4] }],
  ["lossModule", { lossModule: null }],
  ["warmStart", { warmStart: "0001" }],
])("leaves one with other %s aside, and says so", async (what, change) => {
  const found = await findCheckpoint(await written(), { ...TRAINING, ...change });
  expect(found).toMatchObject({ kind: "unusable", reason: expect.stringContaining(`other ${what}`) });
});

it("leaves a newer and a damaged one aside", async () => {
  const file = await written();
  const bytes = await readFile(file);
  const newer = Buffer.from(bytes);
  newer.write('"format":9', bytes.indexOf('"format":1'));
  await writeFile(file, newer);
  expect(await findCheckpoint(file, TRAINING)).toMatchObject({ reason: expect.stringContaining("newer") });
  for (const damaged of [bytes.subarray(0, bytes.length - 4), bytes.subarray(0, 20), Buffer.alloc(0)]) {
    await writeFile(file, damaged);
    expect(await findCheckpoint(file, TRAINING)).toMatchObject({
      reason: expect.stringContaining("damaged"),
    });
  }
});

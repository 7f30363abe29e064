import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { decisionsOf, loadDecisions, saveDecisions } from "../../src/main/model-decisions.ts";
import { createRandom } from "../../src/shared/random.ts";
import { temporaryFolder } from "./fixture.ts";

it("keeps what a model says of the patches that have an embedding", async () => {
  const folder = temporaryFolder();
  const table = {
    modelId: "m",
    classIds: [7, 3, 9],
    ids: Int32Array.of(12, 4, 5),
    probabilities: Float32Array.of(0.9, 0.5, 0.1, Number.NaN, Number.NaN, Number.NaN, 0.2, 0.49, 1),
  };
  const kept = decisionsOf(table, "multi-label", Int32Array.of(5, 1));
  expect(kept).toEqual({
    classIds: [7, 3, 9],
    ids: Int32Array.of(5, 12),
    decisions: Uint8Array.of(0, 0, 1, 1, 1, 0),
    trainedOn: Int32Array.of(1, 5),
  });
  await saveDecisions(folder, kept);
  expect(await loadDecisions(folder)).toEqual(kept);
  const single = decisionsOf(table, "single-label", new Int32Array(0));
  expect(single.decisions).toEqual(Uint8Array.of(0, 0, 1, 1, 0, 0));
});

it("takes little room, and a damaged file is as good as none", async () => {
  const folder = temporaryFolder();
  expect(await loadDecisions(folder)).toBeNull();
  const random = createRandom(1);
  const patches = 20_000;
  const kept = {
    classIds: Array.from({ length: 17 }, (_, at) => at + 1),
    ids: Int32Array.from({ length: patches }, (_, at) => at + 1),
    decisions: Uint8Array.from({ length: patches * 17 }, () => Number(random.next() < 0.2)),
    trainedOn: Int32Array.of(3, 800, 19_000),
  };
  await saveDecisions(folder, kept);
  expect(await loadDecisions(folder)).toEqual(kept);
  // One bit a decision at most; the ids cost next to nothing.
  expect(statSync(join(folder, "decisions.bin")).size).toBeLessThan((patches * 17) / 8);
  writeFileSync(join(folder, "decisions.bin"), "not a table");
  expect(await loadDecisions(folder)).toBeNull();
});

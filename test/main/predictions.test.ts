import { readdirSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { loadPredictions, Predictions, savePredictions } from "../../src/main/predictions.ts";
import { temporaryFolder } from "./fixture.ts";

const TABLE = {
  modelId: "0001-a",
  classIds: [3, 9],
  ids: Int32Array.of(5, 7, 8),
  probabilities: Float32Array.of(0.25, 0.75, Number.NaN, Number.NaN, 1, 0),
};

it("looks probabilities up by patch; none where a patch has no embedding", () => {
  const predictions = new Predictions(TABLE);
  expect(predictions.of(5)).toEqual({ "3": 0.25, "9": 0.75 });
  expect(predictions.of(7)).toBeNull();
  expect(predictions.of(6)).toBeNull();
});

it("comes back from the cache as it was, and older models make room", async () => {
  const folder = temporaryFolder();
  await savePredictions(folder, { ...TABLE, modelId: "0000-z" });
  await savePredictions(folder, TABLE);
  expect(await loadPredictions(folder, "0001-a")).toEqual(TABLE);
  expect(await loadPredictions(folder, "0000-z")).toBeNull();
});

it("passes over a damaged cache", async () => {
  const folder = temporaryFolder();
  await savePredictions(folder, TABLE);
  const cache = join(folder, "cache", "predictions");
  truncateSync(join(cache, readdirSync(cache)[0]!), 24);
  expect(await loadPredictions(folder, "0001-a")).toBeNull();
});

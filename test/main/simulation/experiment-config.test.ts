import { describe, expect, it } from "vitest";
import {
  experimentConfigSchema,
  readExperimentConfig,
} from "../../../src/main/simulation/experiment-config.ts";
import { temporaryFolder, writeText } from "../fixture.ts";

const CONFIG = { functions: ["random"], seeds: [1, 2], initial: 4, budgets: [2], rounds: 3 };

describe("a configuration", () => {
  it("names functions by their ids, and is the same when parsed again", () => {
    const parsed = experimentConfigSchema.parse({
      ...CONFIG,
      functions: ["random", { id: "mge", options: { tau: 0.4 } }, { id: "mge", name: "mge, τ 0.6" }],
    });
    expect(parsed.functions).toEqual([
      { id: "random", name: "random", options: {} },
      { id: "mge", name: "mge", options: { tau: 0.4 } },
      { id: "mge", name: "mge, τ 0.6", options: {} },
    ]);
    expect(experimentConfigSchema.parse(parsed)).toEqual(parsed);
  });

  it.each([
    ["two functions of one name", { functions: ["mge", { id: "mge", options: { tau: 0.4 } }] }],
    ["neither rounds nor labels", { rounds: undefined }],
    ["both rounds and labels", { labels: 40 }],
    ["both seeds and seed", { seed: 1 }],
    ["trials of seeds", { trials: 3 }],
    ["a seed twice", { seeds: [1, 1] }],
    ["head and network", { head: "mlp", network: "resnet18" }],
    ["a misspelt entry", { budget: 20 }],
    ["fewer labels than the start has", { rounds: undefined, labels: 3 }],
    ["a range from more to less", { gainRange: [400, 100] }],
  ])("refuses %s", (_, change) => {
    expect(experimentConfigSchema.safeParse({ ...CONFIG, ...change }).success).toBe(false);
  });

  it("that can't be read is refused with its file's name", async () => {
    const folder = temporaryFolder();
    const broken = writeText(folder, "broken.json", "{");
    await expect(readExperimentConfig(broken)).rejects.toMatchObject({
      code: "invalid-input",
      message: expect.stringContaining("broken.json"),
    });
    const wrong = writeText(folder, "wrong.json", JSON.stringify({ ...CONFIG, budgets: [0] }));
    await expect(readExperimentConfig(wrong)).rejects.toMatchObject({
      message: expect.stringContaining("budgets.0"),
    });
    await expect(readExperimentConfig(`${folder}/none.json`)).rejects.toMatchObject({ code: "not-found" });
  });
});

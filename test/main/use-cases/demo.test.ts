import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { readDemoTruth } from "../../../src/archive/demo/truth.ts";
import { parseCsv } from "../../../src/main/csv.ts";
import { createEngineHost } from "../../../src/main/engine-host/engine-host.ts";
import { spawnEngineChild } from "../../../src/main/engine-host/spawn-child.ts";
import { makeDemoProject } from "../../../src/main/use-cases/demo.ts";
import { runDemo } from "../../../src/main/use-cases/demo-run.ts";
import { QUIET } from "../../../src/main/work.ts";
import { openProject } from "../../../src/store/project-store.ts";
import { closing, temporaryFolder } from "../fixture.ts";

const engine = createEngineHost(spawnEngineChild);
afterAll(() => engine.close());

/** Four scenes of 4 × 4 patches: 64, of which whole blocks are the val split. */
const SMALL = { sceneSize: 256, initial: 8, budget: 5 };

it("makes the archive, runs five rounds beside random, and exports what the truth says", async () => {
  const folder = temporaryFolder();
  const demo = await runDemo(folder, engine, QUIET, SMALL);
  const labeled = [8, 13, 18, 23, 28, 33];
  expect(demo.rounds.map((row) => row.labeled)).toEqual(labeled);
  expect(demo.random.map((row) => row.labeled)).toEqual(labeled);
  for (const { microF1, macroF1 } of [...demo.rounds, ...demo.random]) {
    expect(microF1).toBeGreaterThan(0.2);
    expect(microF1).toBeLessThan(1);
    expect(macroF1).toBeLessThan(1);
  }

  const truth = await readDemoTruth(join(folder, "archive"));
  const { header, rows } = parseCsv(readFileSync(join(demo.export, "labels.csv"), "utf8"), "labels.csv");
  const column = (name: string) => header.indexOf(name);
  const pool = rows.filter((row) => row[column("split")] === "pool");
  expect(pool).toHaveLength(33);
  for (const row of rows) {
    const scene = truth.scenes.find(({ image }) => image === `${row[column("image")]}.tif`);
    const patch = scene?.patches.find(
      ({ x, y }) => x === Number(row[column("x")]) && y === Number(row[column("y")]),
    );
    const present = truth.classes.map(({ name }) => name).filter((name) => row[column(name)] === "1");
    expect(present).toEqual(patch?.labels);
  }

  const store = closing(openProject(demo.project));
  expect(store.rounds()).toHaveLength(6);
  expect(store.counts().validation).toBe(rows.length - 33);
  store.close();
  await expect(runDemo(folder, engine, QUIET, SMALL)).rejects.toMatchObject({ code: "project-exists" });
  expect(await makeDemoProject(folder, { reuse: true }, QUIET)).toMatchObject({
    project: demo.project,
    patches: null,
  });
});

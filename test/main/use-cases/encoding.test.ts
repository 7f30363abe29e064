import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { writeGeoTiff } from "../../../src/archive/tiff/write.ts";
import { createEngineHost, type EngineHost } from "../../../src/main/engine-host/engine-host.ts";
import { spawnEngineChild } from "../../../src/main/engine-host/spawn-child.ts";
import { encodeProject } from "../../../src/main/use-cases/encoding.ts";
import { rescanProject } from "../../../src/main/use-cases/project-set-up.ts";
import { QUIET } from "../../../src/main/work.ts";
import { tinyName, tinyProject } from "../fixture.ts";

const engines: EngineHost[] = [];
afterEach(() => {
  for (const engine of engines.splice(0)) engine.close();
});

it("encodes changed patches once more, and missing ones not at all", async () => {
  const { store, source } = await tinyProject(6);
  const engine = createEngineHost(spawnEngineChild);
  engines.push(engine);
  const encode = async () => {
    const { count, computed, failures } = await encodeProject(store, engine, "stats", QUIET);
    return { count, computed, failures };
  };
  expect(await encode()).toEqual({ count: 6, computed: 6, failures: [] });
  await writeGeoTiff(join(source, `${tinyName(3)}.tif`), {
    width: 16,
    height: 16,
    bands: [1, 2, 3].map((value) => new Uint8Array(256).fill(50 * value)),
    dtype: "uint8",
    geotransform: null,
    epsg: null,
    compression: "deflate",
  });
  await rm(join(source, `${tinyName(4)}.tif`));
  await rescanProject(store, QUIET);
  expect(store.outdatedPatches("stats")).toHaveLength(1);
  expect(await encode()).toEqual({ count: 5, computed: 1, failures: [] });
  expect(await encode()).toEqual({ count: 5, computed: 0, failures: [] });
});

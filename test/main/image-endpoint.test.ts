import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decode } from "fast-png";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { scanFolder } from "../../src/archive/scan.ts";
import { writeGeoTiff } from "../../src/archive/tiff/write.ts";
import { createImageEndpoint, type ImageEndpoint } from "../../src/main/image-endpoint.ts";
import type { ShownProject } from "../../src/main/shown-project.ts";
import { paintedLookSchema } from "../../src/shared/display/painted-look.ts";
import { decodePlanes } from "../../src/shared/display/planes.ts";
import type { BandStatistics, Scene } from "../../src/shared/domain/imagery.ts";

const WIDTH = 1200;
const HEIGHT = 900;
const NODATA = 65535;
const PATCH = 16;

/** Red grows by one a column, NIR is 3000 everywhere; the first column holds no data. */
const red = (x: number) => (x === 0 ? NODATA : 100 + x);
const NIR = 3000;

let folder = "";
let scene: Scene;
let endpoint: ImageEndpoint;
let asked = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "fieldmark-endpoint-"));
  const band = (value: (x: number) => number) =>
    Uint16Array.from({ length: WIDTH * HEIGHT }, (_, i) => value(i % WIDTH));
  await writeGeoTiff(join(folder, "scene.tif"), {
    width: WIDTH,
    height: HEIGHT,
    dtype: "uint16",
    compression: "deflate",
    tileSize: 256,
    nodata: NODATA,
    bands: [band(red), band(red), band(red), band((x) => (x === 0 ? NODATA : NIR))],
    bandNames: ["Red", "Green", "Blue", "NIR"],
    geotransform: [600_000, 10, 0, 5_300_000, 0, -10],
    epsg: 32632,
  });
  const { scenes } = await scanFolder(folder);
  const [first] = scenes;
  if (!first) throw new Error("no scene");
  scene = first;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function statistics(name: string): BandStatistics {
  // Without quantiles, as in a project of an earlier version.
  return { name, min: 0, max: 4000, mean: 2000, standardDeviation: 100, p2: 1000, p98: 3000, count: 9 };
}

/** Patch n begins in column 100·(n − 1). */
const project: ShownProject = {
  findPlace(id) {
    asked++;
    if (id > 10) return null;
    return { root: folder, scene, window: { x: 100 * (id - 1), y: 8, width: PATCH, height: PATCH } };
  },
  statistics: ["Red", "Green", "Blue", "NIR"].map(statistics),
  samplePlaces: () => [{ root: folder, scene, window: { x: 500, y: 0, width: 101, height: 4 } }],
  get cacheFolder() {
    return join(folder, "cache", "display");
  },
};

function open(shown: ShownProject | null = project): ImageEndpoint {
  endpoint = createImageEndpoint(() => shown);
  return endpoint;
}
afterEach(() => endpoint.close());

const signal = new AbortController().signal;
const ask = (path: string, query = "") => endpoint.image(path, new URLSearchParams(query), signal);
const words = (body: Uint8Array) => new TextDecoder().decode(body);

async function look(query: string, id = 6) {
  const reply = await ask(`/look/${id}`, query);
  expect(reply).toMatchObject({ status: 200, contentType: "application/json" });
  return paintedLookSchema.parse(JSON.parse(words(reply.body)));
}

describe("planes", () => {
  test("are the pixels of the bands that were asked for, in that order", async () => {
    open();
    const reply = await ask("/planes/6", "bands=NIR,Red&size=64&v=1");
    expect(reply).toMatchObject({ status: 200, contentType: "application/octet-stream", maxAge: 3600 });
    const { width, height, bands, sampleType, planes, valid } = decodePlanes(reply.body.slice().buffer);
    expect({ width, height, bands, sampleType, valid }).toEqual({
      width: PATCH,
      height: PATCH,
      bands: ["NIR", "Red"],
      sampleType: "uint16",
      valid: null,
    });
    expect([...(planes[0] ?? [])]).toEqual(Array(PATCH * PATCH).fill(NIR));
    expect([...(planes[1] ?? [])]).toEqual(
      Array.from({ length: PATCH * PATCH }, (_, i) => red(500 + (i % PATCH))),
    );
  });

  test("of all bands, smaller, with the pixels that hold no data", async () => {
    open();
    const decoded = decodePlanes((await ask("/planes/1", "size=16")).body.slice().buffer);
    expect(decoded.bands).toEqual(["Red", "Green", "Blue", "NIR"]);
    expect([...(decoded.valid ?? [])].slice(0, PATCH)).toEqual([0, ...Array(PATCH - 1).fill(1)]);
  });

  test("are refused in words", async () => {
    open();
    const refused = async (path: string, query: string) => {
      const { status, body, maxAge } = await ask(path, query);
      expect(maxAge).toBe(0);
      return [status, words(body)];
    };
    expect(await refused("/planes/6", "bands=B12")).toEqual([400, expect.stringContaining('no band "B12"')]);
    expect(await refused("/planes/11", "")).toEqual([404, "There is no patch 11 in the open project."]);
    expect(await refused("/planes/6", "size=100000")).toEqual([400, expect.any(String)]);
    expect(await refused("/planes/6", "bands=%25")).toEqual([400, expect.any(String)]);
    const before = asked;
    for (const path of [
      "/planes/../etc/passwd",
      "/planes/scene.tif",
      "/planes/6/..",
      "/other/6",
      "/planes/-1",
    ]) {
      expect((await refused(path, ""))[0]).toBe(404);
    }
    expect(asked).toBe(before);
    await endpoint.close();
    open(null);
    expect((await ask("/planes/6")).status).toBe(404);
  });

  test("that would take too much are refused before they are read", async () => {
    const huge = { ...scene, width: 8192, height: 8192 };
    const window = { x: 0, y: 0, width: 8192, height: 8192 };
    open({ ...project, findPlace: () => ({ root: folder, scene: huge, window }) });
    const reply = await ask("/planes/1", "size=4096");
    expect([reply.status, words(reply.body)]).toEqual([400, expect.stringContaining("too many at once")]);
  });

  test("that nobody waits for any more are not made", async () => {
    open();
    const controller = new AbortController();
    const reply = endpoint.image("/planes/6", new URLSearchParams(), controller.signal);
    controller.abort();
    expect((await reply).status).toBe(404);
    expect((await ask("/planes/6")).status).toBe(200);
  });
});

describe("the range that a patch is stretched over", () => {
  const stretched = async (query: string) => {
    const { channels } = await look(`composite=single-band&bands=Red&${query}`);
    return [channels[0]?.low, channels[0]?.high];
  };

  test("is the project's", async () => {
    open();
    expect(await stretched("")).toEqual([1000, 3000]);
    expect(await stretched("stretch=min-max&scope=project")).toEqual([0, 4000]);
    expect(await stretched("stretch=deviation&scope=project&deviations=2")).toEqual([1800, 2200]);
  });

  test("is measured on some patches where the project knows it not well enough", async () => {
    open({ ...project, statistics: [] });
    // Columns 500 to 600 hold 600 to 700.
    expect(await stretched("stretch=percentile&scope=project&low=10&high=90")).toEqual([610, 690]);
    await endpoint.close();
    // An earlier version stored the 2nd and 98th percentile, and no others.
    open();
    expect(await stretched("stretch=percentile&scope=project&low=10&high=90")).toEqual([610, 690]);
  });

  test("is the scene's, of a reduced copy, kept in the cache folder", async () => {
    open();
    const [low = 0, high = 0] = await stretched("stretch=percentile&scope=scene");
    // Columns 1 to 1199 hold 101 to 1299 evenly.
    expect(Math.abs(low - (101 + 0.02 * 1198))).toBeLessThan(2);
    expect(Math.abs(high - (101 + 0.98 * 1198))).toBeLessThan(2);
    const kept = readdirSync(project.cacheFolder);
    expect(kept).toHaveLength(1);
    await endpoint.close();
    // A second opening takes them from there, and makes them again where the file is broken.
    open();
    expect(await stretched("stretch=percentile&scope=scene")).toEqual([low, high]);
    await endpoint.close();
    writeFileSync(join(project.cacheFolder, kept[0] ?? ""), "{");
    open();
    expect(await stretched("stretch=percentile&scope=scene")).toEqual([low, high]);
  });

  test("is the patch's own", async () => {
    open();
    expect(await stretched("stretch=min-max&scope=patch")).toEqual([600, 615]);
  });

  test("of an index is −1 to 1, or measured", async () => {
    open();
    const ndvi = (x: number) => (NIR - red(x)) / (NIR + red(x));
    const fixed = await look("composite=ndvi");
    expect(fixed).toMatchObject({
      paint: "index",
      colorMap: "vegetation",
      channels: [{ low: -1, high: 1, bands: ["NIR", "Red"] }],
    });
    const [own] = (await look("composite=ndvi&stretch=min-max&scope=patch")).channels;
    expect(own?.low).toBeCloseTo(ndvi(515), 5);
    expect(own?.high).toBeCloseTo(ndvi(500), 5);
    const [wide] = (await look("composite=ndvi&stretch=min-max&scope=project")).channels;
    expect(wide?.low).toBeCloseTo(ndvi(600), 5);
    expect(wide?.high).toBeCloseTo(ndvi(500), 5);
  });
});

describe("pictures", () => {
  test("differ by stretch and colour map, are kept, and forgotten when the imagery changes", async () => {
    open();
    const first = await ask("/patch/6", "composite=single-band&bands=Red&stretch=fixed&limits=600,615&v=a");
    const { data, channels } = decode(first.body);
    expect(Array.from({ length: 3 }, (_, x) => data[channels * x])).toEqual([0, 17, 34]);
    const again = await ask("/patch/6", "composite=single-band&bands=Red&stretch=fixed&limits=600,615&v=b");
    expect(again.body).toBe(first.body);
    const coloured = await ask(
      "/patch/6",
      "composite=single-band&bands=Red&stretch=fixed&limits=600,615&map=viridis",
    );
    expect([...decode(coloured.body).data.subarray(0, 3)]).toEqual([0x44, 0x01, 0x54]);
    endpoint.clear();
    expect(
      (await ask("/patch/6", "composite=single-band&bands=Red&stretch=fixed&limits=600,615")).body,
    ).not.toBe(first.body);
  });

  test("with an address that is not understood are refused", async () => {
    open();
    for (const query of [
      "stretch=sepia",
      "gamma=9",
      "map=jet",
      "composite=custom&bands=Red,NIR",
      "composite=nbr",
      "size=3",
    ]) {
      expect((await ask("/patch/6", query)).status, query).toBe(400);
    }
  });
});

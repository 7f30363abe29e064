import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromFile } from "geotiff";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { DEMO_CLASSES } from "../../../src/archive/demo/classes.ts";
import { type DemoArchive, generateDemoArchive } from "../../../src/archive/demo/generate.ts";
import { readDemoTruth } from "../../../src/archive/demo/truth.ts";
import { classInputSchema } from "../../../src/shared/domain/taxonomy.ts";
import { FieldmarkError } from "../../../src/shared/errors.ts";

const BANDS = "B01 B02 B03 B04 B05 B06 B07 B08 B8A B09 B10 B11 B12".split(" ");
const SIZE = 320;

let root: string;
let archive: DemoArchive;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "fieldmark-demo-"));
  archive = await generateDemoArchive(join(root, "first"), { seed: 5, sceneSize: SIZE });
});

afterAll(() => rm(root, { recursive: true, force: true }));

async function digests(directory: string): Promise<Record<string, string>> {
  const names = (await readdir(directory)).sort();
  const entries = names.map(async (name) => {
    const bytes = await readFile(join(directory, name));
    return [name, createHash("sha256").update(bytes).digest("hex")] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

async function planes(image: string): Promise<Uint16Array[]> {
  const tiff = await fromFile(join(archive.directory, image));
  const rasters = await (await tiff.getImage()).readRasters({ interleave: false });
  tiff.close();
  return Array.from({ length: BANDS.length }, (_, band) => {
    const plane = rasters[band];
    if (!(plane instanceof Uint16Array)) throw new Error("not uint16");
    return plane;
  });
}

describe("generateDemoArchive", () => {
  test("writes the same bytes for the same seed, and others for another", async () => {
    await generateDemoArchive(join(root, "second"), { seed: 5, sceneSize: SIZE });
    const first = await digests(archive.directory);
    expect(Object.keys(first)).toEqual([
      "README.txt",
      "coast.tif",
      "labels.csv",
      "river-plain.tif",
      "taxonomy.json",
      "truth.json",
      "uplands.tif",
      "wine-hills.tif",
    ]);
    expect(await digests(join(root, "second"))).toEqual(first);

    await generateDemoArchive(join(root, "second"), { seed: 6, sceneSize: SIZE });
    const other = await digests(join(root, "second"));
    for (const name of Object.keys(first).filter((file) => file !== "taxonomy.json")) {
      expect(other[name], name).not.toBe(first[name]);
    }
  });

  test("georeferences every scene in UTM and names its bands", async () => {
    for (const scene of archive.scenes) {
      const tiff = await fromFile(join(archive.directory, scene.image));
      const image = await tiff.getImage();
      expect([image.getWidth(), image.getHeight()]).toEqual([SIZE, SIZE]);
      expect(image.getSamplesPerPixel()).toBe(13);
      expect(image.getBitsPerSample()).toBe(16);
      expect(image.getGDALNoData()).toBe(0);
      expect(image.getResolution().slice(0, 2)).toEqual([10, -10]);
      const [easting, northing] = image.getOrigin();
      expect([easting, northing]).toEqual([scene.geotransform[0], scene.geotransform[3]]);
      expect(easting).toBeGreaterThan(166_000);
      expect(easting).toBeLessThan(834_000);
      expect(image.getGeoKeys()?.ProjectedCSTypeGeoKey).toBe(32632);
      const metadata = String(await image.fileDirectory.loadValue("GDAL_METADATA"));
      const names = [...metadata.matchAll(/sample="(\d+)" role="description">([^<]*)</g)]
        .sort((a, b) => Number(a[1]) - Number(b[1]))
        .map((match) => match[2]);
      expect(names).toEqual(BANDS);
      tiff.close();
    }
  });

  test("truth.json and labels.csv agree, and both follow from the fractions", async () => {
    const truth = await readDemoTruth(archive.directory);
    expect(truth.patchSize).toBe(64);
    const lines = (await readFile(archive.labelsPath, "utf8")).trimEnd().split("\n");
    const names = DEMO_CLASSES.map(({ name }) => name);
    expect(lines[0]).toBe(`image,x,y,${names.join(",")}`);
    const rows = lines.slice(1).map((line) => line.split(","));
    const patches = truth.scenes.flatMap((scene) => scene.patches.map((patch) => ({ ...patch, ...scene })));
    expect(rows.length).toBe(patches.length);
    expect(rows.length).toBe(4 * 25);
    patches.forEach(({ image, x, y, fractions, labels }, index) => {
      const [rowImage, rowX, rowY, ...flags] = rows[index]!;
      expect([rowImage, Number(rowX), Number(rowY)]).toEqual([image, x, y]);
      expect(flags.map(Number)).toEqual(
        fractions.map((fraction, position) => (fraction > truth.classes[position]!.presence ? 1 : 0)),
      );
      expect(names.filter((_, position) => flags[position] === "1")).toEqual(labels);
      expect(fractions.reduce((sum, fraction) => sum + fraction, 0)).toBeLessThanOrEqual(1 + 1e-9);
    });
  });

  test("the taxonomy is one that a project accepts", async () => {
    const classes = z.array(classInputSchema).parse(JSON.parse(await readFile(archive.taxonomyPath, "utf8")));
    expect(classes.map(({ name }) => name)).toEqual(DEMO_CLASSES.map(({ name }) => name));
    expect(new Set(classes.map(({ key }) => key)).size).toBe(classes.length);
    expect(new Set(classes.map(({ color }) => color)).size).toBe(classes.length);
  });

  test("forest is green in the near infrared, water is black there", async () => {
    const seen = { forest: 0, water: 0 };
    for (const scene of archive.scenes) {
      const bands = await planes(scene.image);
      for (const { x, y, fractions } of scene.patches) {
        const mean = (band: string) => {
          const plane = bands[BANDS.indexOf(band)]!;
          let sum = 0;
          for (let row = y; row < y + 64; row++) {
            for (let column = x; column < x + 64; column++) sum += plane[row * SIZE + column]!;
          }
          return sum / 4096;
        };
        const ndvi = (mean("B08") - mean("B04")) / (mean("B08") + mean("B04"));
        if (fractions[2]! + fractions[3]! > 0.95) {
          expect(ndvi, `${scene.image} ${x},${y}`).toBeGreaterThan(0.6);
          seen.forest++;
        }
        if (fractions[0]! > 0.95) {
          expect(ndvi, `${scene.image} ${x},${y}`).toBeLessThan(0);
          seen.water++;
        }
      }
      const everything = bands.flatMap((band) => [
        band.reduce((a, b) => Math.min(a, b)),
        band.reduce((a, b) => Math.max(a, b)),
      ]);
      expect(Math.min(...everything)).toBeGreaterThan(0);
      expect(Math.max(...everything)).toBeLessThan(10_000);
    }
    expect(seen.forest).toBeGreaterThan(0);
    expect(seen.water).toBeGreaterThan(0);
  });

  test("20 m and 60 m bands are smoother than 10 m bands", async () => {
    const bands = await planes("river-plain.tif");
    const roughness = (band: string) => {
      const plane = bands[BANDS.indexOf(band)]!;
      let steps = 0;
      let sum = 0;
      for (let i = 1; i < plane.length; i++) {
        sum += plane[i]!;
        if (i % SIZE !== 0) steps += Math.abs(plane[i]! - plane[i - 1]!);
      }
      return steps / sum;
    };
    expect(roughness("B8A")).toBeLessThan(0.75 * roughness("B08"));
    expect(roughness("B01")).toBeLessThan(0.75 * roughness("B02"));
  });

  test("tells its progress up to the end", async () => {
    const shares: number[] = [];
    await generateDemoArchive(join(root, "progress"), {
      sceneSize: 128,
      onProgress: (done) => shares.push(done),
    });
    expect(shares[0]).toBe(0);
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
  });

  test("takes over what a killed run left behind, but no folder with other files", async () => {
    const folder = join(root, "progress");
    await writeFile(join(folder, "coast.tif.0123456789ab.partial"), "half");
    await generateDemoArchive(folder, { sceneSize: 128 });
    expect(await readdir(folder)).not.toContain("coast.tif.0123456789ab.partial");

    await writeFile(join(folder, "notes.txt"), "mine");
    await expect(generateDemoArchive(folder, { sceneSize: 128 })).rejects.toThrow(/notes\.txt/);
    expect((await readDemoTruth(folder)).scenes.length).toBe(4);
  });

  test("leaves a folder alone in which somebody's own files have the demo's names", async () => {
    const folder = await mkdtemp(join(root, "own-"));
    await writeFile(join(folder, "labels.csv"), "image,class,state");
    await expect(generateDemoArchive(folder, { sceneSize: 128 })).rejects.toThrow(/labels\.csv/);
    expect(await readFile(join(folder, "labels.csv"), "utf8")).toBe("image,class,state");
  });

  test("refuses sizes and seeds that make no archive", async () => {
    for (const options of [{ sceneSize: 64 }, { sceneSize: 200.5 }, { seed: 0.5 }, { seed: Number.NaN }]) {
      const failure = await generateDemoArchive(join(root, "refused"), options).catch(
        (error: unknown) => error,
      );
      expect(failure).toBeInstanceOf(FieldmarkError);
      expect(failure).toMatchObject({ code: "invalid-input" });
    }
  });
});

describe("readDemoTruth", () => {
  test("says when a folder is no demo archive, and when its truth is damaged", async () => {
    await expect(readDemoTruth(root)).rejects.toMatchObject({ code: "not-found" });
    const damaged = await mkdtemp(join(root, "damaged-"));
    await writeFile(join(damaged, "truth.json"), '{"seed": 1');
    await expect(readDemoTruth(damaged)).rejects.toMatchObject({ code: "unreadable-file" });
  });
});

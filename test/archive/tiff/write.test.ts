import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fromArrayBuffer } from "geotiff";
import { describe, expect, test } from "vitest";
import { openRaster } from "../../../src/archive/tiff/raster.ts";
import { sampleArray } from "../../../src/archive/tiff/unpack.ts";
import { type GeoTiffContent, writeGeoTiff } from "../../../src/archive/tiff/write.ts";
import { SAMPLE_TYPES, type SampleType } from "../../../src/shared/raster.ts";
import { scratchFolder, wholeWindow } from "./scratch.ts";

function planes(dtype: SampleType, width: number, height: number, count: number) {
  return Array.from({ length: count }, (_, band) => {
    const plane = sampleArray(dtype, width * height);
    for (let at = 0; at < plane.length; at++) {
      const value = (at * 37 + band * 1000 + (at % width) ** 2) % 30_000;
      if (plane instanceof BigUint64Array || plane instanceof BigInt64Array) plane[at] = BigInt(value) << 20n;
      else plane[at] = dtype.startsWith("float") ? value / 7 : value;
    }
    return plane;
  });
}

async function write(content: GeoTiffContent) {
  const path = join(await scratchFolder(), "written.tif");
  await writeGeoTiff(path, content);
  return path;
}

describe.each(SAMPLE_TYPES)("%s", (dtype) => {
  test.each([
    ["none", undefined],
    ["none", 32],
    ["deflate", undefined],
    ["deflate", 16],
  ] as const)("%s, tiles of %s, comes back", async (compression, tileSize) => {
    const bands = planes(dtype, 53, 41, 2);
    const path = await write({
      width: 53,
      height: 41,
      bands,
      dtype,
      compression,
      ...(tileSize ? { tileSize } : {}),
    });
    const raster = await openRaster(path);
    expect(raster.info).toMatchObject({ width: 53, height: 41, bands: 2, dtype });
    expect(await raster.read(wholeWindow(raster))).toEqual(bands);
    await raster.close();
  });
});

test("another reader finds the same pixels, georeference and metadata", async () => {
  const bands = planes("uint16", 70, 50, 3);
  const path = await write({
    width: 70,
    height: 50,
    bands,
    dtype: "uint16",
    compression: "deflate",
    tileSize: 32,
    geotransform: [600_000, 10, 0, 5_300_000, 0, -10],
    epsg: 32632,
    nodata: 0,
    bandNames: ["B02", "B<3>", null],
  });
  const bytes = await readFile(path);
  const image = await (await fromArrayBuffer(Uint8Array.from(bytes).buffer)).getImage();
  expect(image.getGeoKeys()).toMatchObject({ ProjectedCSTypeGeoKey: 32632, GTRasterTypeGeoKey: 1 });
  expect(image.getOrigin().slice(0, 2)).toEqual([600_000, 5_300_000]);
  expect(image.getResolution().slice(0, 2)).toEqual([10, -10]);
  expect(image.getGDALNoData()).toBe(0);
  expect(await image.getGDALMetadata(0)).toMatchObject({ DESCRIPTION: "B02" });
  const read = (await image.readRasters()) as unknown as Uint16Array[];
  for (const [band, plane] of bands.entries())
    expect(Array.from(read[band]!)).toEqual(Array.from(plane as Uint16Array));
});

test("georeference and names come back", async () => {
  for (const [geotransform, epsg] of [
    [[600_000, 10, 0, 5_300_000, 0, -10], 32632],
    [[7.5, 0.001, 0, 47.5, 0, -0.001], 4326],
    [[100, 3, 4, 200, 5, 6], 3035],
  ] as const) {
    const bands = planes("float32", 5, 4, 2);
    const path = await write({
      width: 5,
      height: 4,
      bands,
      dtype: "float32",
      compression: "none",
      geotransform,
      epsg,
      nodata: Number.NaN,
      bandNames: ["a & b", null],
    });
    const raster = await openRaster(path);
    await raster.close();
    expect(raster.info).toMatchObject({ geotransform, epsg, nodata: Number.NaN, bandNames: ["a & b", null] });
  }
});

test("the same content gives the same bytes, and nothing else is left in the folder", async () => {
  const content = {
    width: 20,
    height: 20,
    bands: planes("uint8", 20, 20, 3),
    dtype: "uint8",
    compression: "deflate",
  } as const;
  const [first, second] = [await write(content), await write(content)];
  expect((await readFile(first)).equals(await readFile(second))).toBe(true);
  expect(await readdir(dirname(first))).toEqual(["written.tif"]);
});

test("content that does not fit together is refused", async () => {
  const path = join(await scratchFolder(), "x.tif");
  const good = {
    width: 4,
    height: 4,
    bands: planes("uint8", 4, 4, 1),
    dtype: "uint8",
    compression: "none",
  } as const;
  for (const bad of [
    { ...good, width: 5 },
    { ...good, bands: [] },
    { ...good, dtype: "uint16" as const },
    { ...good, tileSize: 20 },
  ]) {
    await expect(writeGeoTiff(path, bad)).rejects.toMatchObject({ code: "invalid-input" });
  }
  await expect(writeGeoTiff(join(path, "no", "folder.tif"), good)).rejects.toMatchObject({
    code: "not-found",
  });
});

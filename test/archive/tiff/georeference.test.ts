import { writeFile } from "node:fs/promises";
import proj4 from "proj4";
import { describe, expect, test } from "vitest";
import { openRaster } from "../../../src/archive/tiff/raster.ts";
import { openBytes, scratchFile } from "./scratch.ts";
import { buildTiff, type FieldSpec } from "./tiff-builder.ts";

type Fields = Record<number, FieldSpec>;

function tiff(fields: Fields, samples = 1): Uint8Array {
  return buildTiff({ width: 4, height: 3, samples, bits: 8, pattern: () => 5n, fields });
}

const info = async (fields: Fields, samples = 1) => (await openBytes(tiff(fields, samples))).info;
const doubles = (...values: number[]): FieldSpec => ({ type: 12, values });
const keys = (...entries: [key: number, value: number][]): FieldSpec => ({
  type: 3,
  values: [1, 1, 0, entries.length, ...entries.flatMap(([key, value]) => [key, 0, 1, value])],
});

const SCALE = { 33550: doubles(10, 20, 0), 33922: doubles(0, 0, 0, 600_000, 5_300_000, 0) };

describe("geotransform", () => {
  test("from pixel scale and tie point", async () => {
    expect((await info(SCALE)).geotransform).toEqual([600_000, 10, 0, 5_300_000, 0, -20]);
  });

  test("from a tie point that is not the corner", async () => {
    const fields = { ...SCALE, 33922: doubles(2, 1, 0, 600_000, 5_300_000, 0) };
    expect((await info(fields)).geotransform).toEqual([599_980, 10, 0, 5_300_020, 0, -20]);
  });

  test("coordinates of pixel centres are moved to corners", async () => {
    const fields = { ...SCALE, 34735: keys([1025, 2]) };
    expect((await info(fields)).geotransform).toEqual([599_995, 10, 0, 5_300_010, 0, -20]);
  });

  test("from a matrix, with rotation and south up", async () => {
    const matrix = doubles(3, 4, 0, 100, 5, 6, 0, 200, 0, 0, 0, 0, 0, 0, 0, 1);
    expect((await info({ 34264: matrix })).geotransform).toEqual([100, 3, 4, 200, 5, 6]);
  });

  test("from ground control points there is none, and no coordinate system either", async () => {
    const points = doubles(0, 0, 0, 1, 2, 0, 3, 0, 0, 4, 2, 0, 0, 2, 0, 1, 5, 0);
    expect(await info({ 33922: points, 34735: keys([1024, 2], [2048, 4326]) })).toMatchObject({
      geotransform: null,
      epsg: null,
    });
  });

  test("from a world file beside the raster", async () => {
    const path = await scratchFile(tiff({}));
    await writeFile(path.replace(/tif$/, "tfw"), "2\n0\n0\n-2\n101\n199\n");
    const raster = await openRaster(path);
    await raster.close();
    expect(raster.info.geotransform).toEqual([100, 2, 0, 200, 0, -2]);
  });

  test("none where nothing is said", async () => {
    expect((await info({})).geotransform).toBeNull();
  });
});

describe("coordinate system", () => {
  test.each([
    [
      "projected",
      [
        [1024, 1],
        [3072, 32631],
      ],
      32631,
    ],
    [
      "geographic",
      [
        [1024, 2],
        [2048, 4258],
      ],
      4258,
    ],
    [
      "described by the file itself",
      [
        [1024, 1],
        [3072, 32767],
      ],
      null,
    ],
    ["none", [], null],
  ] as const)("%s", async (_, entries, epsg) => {
    const list = entries.map(([key, value]): [number, number] => [key, value]);
    expect((await info({ ...SCALE, 34735: keys(...list) })).epsg).toBe(epsg);
  });

  test("its name", async () => {
    const fields: Fields = {
      ...SCALE,
      34735: { type: 3, values: [1, 1, 0, 3, 1024, 0, 1, 1, 1026, 34737, 9, 0, 3072, 0, 1, 32767] },
      34737: { type: 2, values: "My grid!|" },
    };
    expect(await info(fields)).toMatchObject({ epsg: null, crsName: "My grid!" });
  });
});

describe("coordinate systems that the file describes by parameters", () => {
  const [R, lon, lat] = [6371007.181, 12.5, 41.25];
  const radians = (degrees: number) => (degrees * Math.PI) / 180;

  /** Real parameters stand in tag 34736; a list of key, position pairs says which is which. */
  const described = (shorts: [number, number][], reals: [number, number][]): Fields => ({
    ...SCALE,
    34735: {
      type: 3,
      values: [
        [1, 1, 0, shorts.length + reals.length],
        ...[
          ...shorts.map(([key, value]) => [key, 0, 1, value]),
          ...reals.map(([key], at) => [key, 34736, 1, at]),
        ].sort((a, b) => a[0]! - b[0]!),
      ].flat(),
    },
    34736: doubles(...reals.map(([, value]) => value)),
  });

  test("sinusoidal on a sphere, by its formula", async () => {
    const { epsg, proj4: projection } = await info(
      described(
        [
          [1024, 1],
          [2048, 32767],
          [3072, 32767],
          [3074, 32767],
          [3075, 24],
          [3076, 9001],
        ],
        [
          [2057, R],
          [2058, R],
          [3088, 0],
        ],
      ),
    );
    expect(epsg).toBeNull();
    const [x, y] = proj4(`+proj=longlat +R=${R}`, projection!, [lon, lat]);
    expect(x).toBeCloseTo(R * radians(lon) * Math.cos(radians(lat)), 4);
    expect(y).toBeCloseTo(R * radians(lat), 4);
  });

  test("Lambert azimuthal equal area on a sphere, by its formula", async () => {
    const { proj4: projection } = await info(
      described(
        [
          [1024, 1],
          [2048, 32767],
          [3072, 32767],
          [3075, 10],
        ],
        [
          [2057, R],
          [2058, R],
          [3082, 1000],
          [3083, 2000],
          [3088, 20],
          [3089, 10],
        ],
      ),
    );
    const [x, y] = proj4(`+proj=longlat +R=${R}`, projection!, [lon, lat]);
    const [phi, phi0, delta] = [radians(lat), radians(10), radians(lon - 20)];
    const cosine = Math.sin(phi0) * Math.sin(phi) + Math.cos(phi0) * Math.cos(phi) * Math.cos(delta);
    const k = R * Math.sqrt(2 / (1 + cosine));
    expect(x).toBeCloseTo(1000 + k * Math.cos(phi) * Math.sin(delta), 4);
    const north = Math.cos(phi0) * Math.sin(phi) - Math.sin(phi0) * Math.cos(phi) * Math.cos(delta);
    expect(y).toBeCloseTo(2000 + k * north, 4);
  });

  test("a UTM zone on an ellipsoid of its own", async () => {
    const { proj4: projection } = await info(
      described(
        [
          [1024, 1],
          [2048, 32767],
          [3072, 32767],
          [3074, 16133],
        ],
        [
          [2057, 6378137],
          [2059, 298.257222101],
        ],
      ),
    );
    // On the central meridian (15° E) and the equator, southern zones have these coordinates.
    const [x, y] = proj4("+proj=longlat +ellps=GRS80", projection!, [15, 0]);
    expect(x).toBeCloseTo(500_000, 4);
    expect(y).toBeCloseTo(10_000_000, 4);
  });

  test("none for registered systems and unknown methods", async () => {
    expect((await info({ ...SCALE, 34735: keys([1024, 1], [3072, 32631]) })).proj4).toBeNull();
    const unknown = described(
      [
        [1024, 1],
        [2048, 4326],
        [3072, 32767],
        [3075, 99],
      ],
      [],
    );
    expect((await info({ ...unknown, 34736: doubles(0) })).proj4).toBeNull();
  });
});

describe("GDAL's metadata", () => {
  test("nodata of all kinds", async () => {
    for (const [text, value] of [
      ["0", 0],
      ["-9999", -9999],
      ["1e3 ", 1000],
      ["nan", Number.NaN],
      ["-inf", Number.NEGATIVE_INFINITY],
    ] as const) {
      expect((await info({ 42113: { type: 2, values: text } })).nodata).toBe(value);
    }
    expect((await info({})).nodata).toBeNull();
  });

  test("band names, scales, offsets, colours, and the file's own items", async () => {
    const xml = `<GDALMetadata>
      <Item name="AREA">north &amp; south</Item>
      <Item name="HIDDEN" domain="OTHER">x</Item>
      <Item name="DESCRIPTION" sample="1" role="description">B04 &lt;red&gt;</Item>
      <Item name="SCALE" sample="1" role="scale">0.0001</Item>
      <Item name="OFFSET" sample="1" role="offset">-0.1</Item>
      <Item name="COLORINTERP" sample="0" role="colorinterp">Blue</Item>
    </GDALMetadata>`;
    expect(await info({ 42112: { type: 2, values: xml } }, 2)).toMatchObject({
      metadata: { AREA: "north & south" },
      bandNames: [null, "B04 <red>"],
      scales: [1, 0.0001],
      offsets: [0, -0.1],
      colorInterpretation: ["Blue", "Undefined"],
    });
  });

  test("an .aux.xml file beside the raster", async () => {
    const path = await scratchFile(tiff(SCALE));
    await writeFile(
      `${path}.aux.xml`,
      `<PAMDataset>
        <SRS>PROJCS["x",GEOGCS["y",AUTHORITY["EPSG","4258"]],AUTHORITY["EPSG","3035"]]</SRS>
        <GeoTransform> 1.0, 2.0, 0.0, 3.0, 0.0, -4.0</GeoTransform>
        <PAMRasterBand band="1"><Description>elevation</Description><NoDataValue>-1</NoDataValue></PAMRasterBand>
      </PAMDataset>`,
    );
    const raster = await openRaster(path);
    await raster.close();
    expect(raster.info).toMatchObject({
      epsg: 3035,
      geotransform: [1, 2, 0, 3, 0, -4],
      bandNames: ["elevation"],
      nodata: -1,
    });
  });
});

import { writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { inspectRaster } from "../../../src/archive/inspect.ts";
import { openRaster } from "../../../src/archive/tiff/raster.ts";
import { openBytes, scratchFile, wholeWindow } from "./scratch.ts";
import { buildTiff, type FieldSpec, type TiffSpec } from "./tiff-builder.ts";

// Expected values in this file are what GDAL 3.6.2 reports for the same bytes.

const SPEC: TiffSpec = { width: 4, height: 3, samples: 1, bits: 8, pattern: (x, y) => BigInt(x + y) };
const info = async (spec: Partial<TiffSpec>) => (await openBytes(buildTiff({ ...SPEC, ...spec }))).info;
const ascii = (text: string): FieldSpec => ({ type: 2, values: text });
const shorts = (...values: number[]): FieldSpec => ({ type: 3, values });

describe("GDAL_NODATA", () => {
  const nodata = async (text: string, bits: number, format: number) =>
    (await info({ bits, format, fields: { 42113: ascii(text) } })).nodata;

  test.each([
    ["0x10", 8, 1, 16],
    ["1,5", 16, 2, 1.5],
    ["1.#QNAN", 32, 3, Number.NaN],
    ["-1.#IND", 8, 1, Number.NaN],
    ["1.#INF", 64, 3, Number.POSITIVE_INFINITY],
    ["", 8, 1, null],
    ["abc", 8, 1, 0],
    ["-3.4e38", 32, 3, Math.fround(-3.4e38)],
    ["3.40282346638529e+38", 32, 3, 3.4028234663852886e38],
    ["0.1", 16, 3, 0.1],
    ["1e3", 64, 2, 1],
    ["nan", 64, 1, 0],
    ["-1", 64, 1, 2 ** 64],
    ["18446744073709551616", 64, 2, 2 ** 63],
  ] as const)("%j with %d bits, format %d", async (text, bits, format, expected) => {
    expect(await nodata(text, bits, format)).toEqual(expected);
  });

  test.each([
    ["18446744073709551615", 64, 1, 2n ** 64n - 1n],
    ["18446744073709551615", 64, 2, 2n ** 63n - 1n],
    ["300", 8, 2, -1],
    ["-5", 8, 2, -5],
    ["-5", 8, 1, 0],
  ] as const)(
    "%j fills blocks that were never written (%d bits, format %d)",
    async (text, bits, format, expected) => {
      const fields = { 42113: ascii(text) };
      const raster = await openBytes(buildTiff({ ...SPEC, bits, format, fields, encode: () => null }));
      const [plane] = await raster.read(wholeWindow(raster));
      expect(plane![7]).toBe(expected);
    },
  );
});

describe("colour interpretation", () => {
  test.each([
    [
      "alpha right behind the colours",
      { samples: 5, fields: { 338: shorts(2) } },
      "Gray Alpha Undefined Undefined Undefined",
    ],
    [
      "alpha behind RGB",
      { samples: 5, photometric: 2, fields: { 338: shorts(1) } },
      "Red Green Blue Alpha Undefined",
    ],
    [
      "no colours known",
      { samples: 2, photometric: 32803, fields: { 338: shorts(0, 2) } },
      "Undefined Alpha",
    ],
    [
      "a colour table with any photometric",
      { fields: { 320: { type: 3, values: new Uint8Array(1536) } } },
      "Palette",
    ],
    ["a bitmap", { bits: 1, photometric: 4 }, "Palette"],
    [
      "deep YCbCr",
      { bits: 16, samples: 3, photometric: 6, fields: { 530: shorts(1, 1) } },
      "YCbCr_Y YCbCr_Cb YCbCr_Cr",
    ],
    [
      "L*a*b* with alpha",
      { samples: 4, photometric: 8, fields: { 338: shorts(2) } },
      "Undefined Undefined Undefined Alpha",
    ],
  ] as [string, Partial<TiffSpec>, string][])("%s", async (_, spec, expected) => {
    expect((await info(spec)).colorInterpretation).toEqual(expected.split(" "));
  });
});

describe("samples and colours at the edge of what is supported", () => {
  test("a complex format of too few bits is none", async () => {
    expect((await info({ bits: 16, format: 5 })).dtype).toBe("uint16");
    expect((await info({ bits: 32, format: 6 })).dtype).toBe("uint32");
  });

  test.each([
    ["untyped samples of 12 bits", { bits: 12, format: 4 }],
    ["complex numbers", { bits: 32, format: 5 }],
    ["chroma subsampled 1 × 4", { samples: 3, photometric: 6, fields: { 530: shorts(1, 4) } }],
    ["CMYK of 4 bits", { bits: 4, samples: 4, photometric: 5 }],
    ["JPEG XL", { compressionCode: 50002 }],
  ] as [string, Partial<TiffSpec>][])("%s: refused", async (_, spec) => {
    await expect(info(spec)).rejects.toMatchObject({ code: "unsupported-raster" });
  });

  test("an ImageDepth is of no consequence in strips", async () => {
    expect((await info({ fields: { 32997: shorts(2) } })).width).toBe(4);
  });

  test("YCbCr pixels with a fourth sample are damage", async () => {
    await expect(info({ samples: 4, photometric: 6 })).rejects.toMatchObject({ code: "corrupt-raster" });
  });

  test("an uncompressed tile has to be whole, even where only padding is missing", async () => {
    const tile = buildTiff({ ...SPEC, tile: [16, 16], encode: (raw) => raw });
    const view = new DataView(tile.buffer);
    const directory = view.getUint32(4, true);
    // The tile moves to where its last rows lie behind the end of the file.
    for (let at = directory + 2; at < tile.length - 12; at += 12) {
      if (view.getUint16(at, true) === 324) view.setUint32(at + 8, tile.length - 100, true);
    }
    const found = await inspectRaster(await scratchFile(tile), { pixels: true });
    expect(found).toMatchObject({ error: { code: "corrupt-raster" } });
  });
});

describe("GDAL_METADATA", () => {
  const metadata = (...items: string[]) =>
    info({ fields: { 42112: ascii(`<GDALMetadata>${items.join("")}</GDALMetadata>`) } });
  const item = (role: string, value: string) => `<Item name="X" sample="0" role="${role}">${value}</Item>`;

  test("values are escaped twice", async () => {
    expect((await metadata(item("description", "Gr&amp;amp;n &amp;lt;x&amp;gt;"))).bandNames).toEqual([
      "Gr&n <x>",
    ]);
  });

  test("single quotes, spaces in front, comments, names in any case", async () => {
    const found = await metadata(
      `<!-- ${item("scale", "9")} -->`,
      "<item NAME='D' sample='0' role='description'>  b1 </item>",
      item("scale", "2,5"),
      item("offset", "none"),
    );
    expect(found).toMatchObject({ bandNames: ["b1 "], scales: [2.5], offsets: [0] });
  });
});

describe(".aux.xml", () => {
  async function beside(xml: string, spec: Partial<TiffSpec> = {}) {
    const path = await scratchFile(buildTiff({ ...SPEC, samples: 2, ...spec }));
    await writeFile(`${path}.aux.xml`, `<PAMDataset>${xml}</PAMDataset>`);
    const raster = await openRaster(path);
    await raster.close();
    return raster.info;
  }
  const band = (number: number, xml: string) => `<PAMRasterBand band="${number}">${xml}</PAMRasterBand>`;
  const own = { fields: { 42113: ascii("9") } };

  test.each([
    ["goes before the file's own", band(1, "<NoDataValue>7</NoDataValue>"), 7],
    ["NaN", band(1, "<NoDataValue>nan</NoDataValue>"), Number.NaN],
    [
      "exact, from the bytes beside it",
      band(1, '<NoDataValue le_hex_equiv="0000000000001C40">6.9</NoDataValue>'),
      7,
    ],
    ["of another band", band(2, "<NoDataValue>7</NoDataValue>"), 9],
    [
      "of a subdataset",
      `<Subdataset name="x"><PAMDataset>${band(1, "<NoDataValue>7</NoDataValue>")}</PAMDataset></Subdataset>`,
      9,
    ],
  ])("nodata: %s", async (_, xml, expected) => {
    expect((await beside(xml, own)).nodata).toEqual(expected);
  });

  test("scale, offset, name and colour of a band", async () => {
    const xml = band(
      2,
      "<Description>red &amp; x</Description><Scale>2.5</Scale><Offset>1</Offset><ColorInterp>Alpha</ColorInterp>",
    );
    expect(await beside(xml)).toMatchObject({
      ...{ bandNames: [null, "red & x"], scales: [1, 2.5], offsets: [0, 1] },
      colorInterpretation: ["Gray", "Alpha"],
    });
  });

  test("a coordinate system by code; control points in place of the file's geotransform", async () => {
    expect(await beside("<SRS>EPSG:32633</SRS>")).toMatchObject({ epsg: 32633 });
    const fields = {
      33550: { type: 12, values: [1, 1, 0] },
      33922: { type: 12, values: [0, 0, 0, 5, 5, 0] },
    };
    expect(
      await beside('<GCPList><GCP Id="1" Pixel="0" Line="0" X="1" Y="2"/></GCPList>', { fields }),
    ).toMatchObject({
      geotransform: null,
      epsg: null,
    });
  });
});

describe("EPSG codes", () => {
  const epsg = async (...keys: [number, number][]) => {
    const entries = keys.flatMap(([key, value]) => [key, 0, 1, value]);
    return (await info({ fields: { 34735: shorts(1, 1, 0, keys.length, ...entries) } })).epsg;
  };

  test.each([
    [
      "a unit that contradicts the system",
      [
        [1024, 1],
        [3072, 32631],
        [3076, 9003],
      ],
      null,
    ],
    [
      "a system in feet",
      [
        [1024, 1],
        [3072, 2263],
        [3076, 9003],
      ],
      2263,
    ],
    [
      "a conversion's code",
      [
        [1024, 1],
        [3072, 16031],
      ],
      null,
    ],
    [
      "a code that was replaced",
      [
        [1024, 1],
        [3072, 3785],
      ],
      3857,
    ],
    [
      "ellipsoidal heights",
      [
        [1024, 2],
        [2048, 4326],
        [4096, 5030],
      ],
      4979,
    ],
  ] as [string, [number, number][], number | null][])("%s", async (_, keys, expected) => {
    expect(await epsg(...keys)).toBe(expected);
  });

  test("of a system that an Esri program describes in words", async () => {
    const text = 'ESRI PE String = PROJCS["WGS_1984_UTM_Zone_31N",GEOGCS["GCS_WGS_1984"]]|';
    const keys = shorts(1, 1, 0, 2, 1024, 0, 1, 32767, 3073, 34737, text.length, 0);
    expect(await info({ fields: { 34735: keys, 34737: ascii(text) } })).toMatchObject({
      ...{ epsg: 32631, crsName: "WGS_1984_UTM_Zone_31N" },
    });
  });
});

test("overviews with samples of another type are counted, as GDAL does", async () => {
  const smaller: TiffSpec = {
    ...SPEC,
    width: 2,
    height: 2,
    bits: 16,
    fields: { 254: { type: 4, values: [1] } },
  };
  const raster = await openBytes(buildTiff(SPEC, [smaller]));
  expect(raster.info.overviews).toBe(1);
});

test("texts made to keep a pattern busy for ever are read in no time", async () => {
  const much = (text: string) => text.repeat(Math.floor(1_000_000 / text.length));
  for (const xml of [
    `<Item>${much(" ")}`,
    much("<!--"),
    much('<Item a="'),
    `<Item ${much("a:")}`,
    much("&#"),
  ]) {
    expect((await info({ fields: { 42112: ascii(xml) } })).bandNames).toEqual([null]);
  }
  const path = await scratchFile(buildTiff(SPEC));
  for (const xml of [much("<PAMDataset "), `<PAMDataset>${much("<Subdataset ")}</PAMDataset>`]) {
    await writeFile(`${path}.aux.xml`, xml);
    expect(await inspectRaster(path, { pixels: false })).toMatchObject({ nodata: null });
  }
});

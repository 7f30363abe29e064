import { describe, expect, test } from "vitest";
import { openBytes, wholeWindow } from "./scratch.ts";
import { buildTiff } from "./tiff-builder.ts";

/** 16 × 16 pixel files, written by GDAL 3.6 from formulas that the tests repeat. */
const FILES = {
  twoBands:
    "SUkqAAgAAAANAAABAwABAAAAEAAAAAEBAwABAAAAEAAAAAIBAwACAAAAEAAQAAMBAwABAAAAR4gAAAYBAwABAAAAAQAAABEBBAABAAAAsgAAABUBAwABAAAAAgAAABYBAwABAAAAEAAAABcBBAABAAAAEwMAABwBAwABAAAAAQAAAFIBAwABAAAAAAAAAFMBAwACAAAAAQABAPLFBAACAAAAqgAAAAAAAAAEAAAAAAAAAExlcmMyIAQAAADSKzZ1EAAAABAAAAACAAAAAAEAAAgAAAATAwAAAwAAAAAAAAAAAOA/AAAAAAAAAAAAAAAAAI6nQAAAAAAAAAAA6wXHCwBBAIpAAJCBDEuQ0YclrwGUkUxLkdWXZa8CmKGMS5LZp6WvA5yxzEuT3bflrwSgwQxMlOHHJbAFpNFMTJXl12WwBqjhjEyW6eelsAes8cxMl+335bBBAItAAAiAAAZAgAIY4ADISIYylsGMZjjjGZCJjGQmQ5nKWOYyWMqSlrbEpS556UsgC5nIRkaykpnsZOhLn/rWx772ue99sIylLGdJy1ra8pZ4zate98rXvvr1rwUgA4pAAJCBDEuQ0YclrwGUkUxLkdWXZa8CmKGMS5LZp6WvA5yxzEuT3bflrwSgwQxMlOHHJbAFpNFMTJXl12WwBqjhjEyW6eelsAes8cxMl+335bBFCItAAAiAAAZAgAIY4ADISIYylsGMZjjjGZCJjGQmQ5nKWOYyWMqSlrbEpS556UsgC5nIRkaykpnsZOhLn/rWx772ue99sIylLGdJy1ra8pZ4zate98rXvvr1r0EIikAAkIEMS5DRhyWvAZSRTEuR1ZdlrwKYoYxLktmnpa8DnLHMS5Pdt+WvBKDBDEyU4cclsAWk0UxMleXXZbAGqOGMTJbp56WwB6zxzEyX7fflsAFABotAAAiAAAZAgAIY4ADISIYylsGMZjjjGZCJjGQmQ5nKWOYyWMqSlrbEpS556UsgC5nIRkaykpnsZOhLn/rWx772ue99sIylLGdJy1ra8pZ4zate98rXvvr1rwUoA4pAAJCBDEuQ0YclrwGUkUxLkdWXZa8CmKGMS5LZp6WvA5yxzEuT3bflrwSgwQxMlOHHJbAFpNFMTJXl12WwBqjhjEyW6eelsAes8cxMl+335bAFSAaLQAAIgAAGQIACGOAAyEiGMpbBjGY44xmQiYxkJkOZyljmMljKkpa2xKUueelLIAuZyEZGspKZ7GToS5/61se+9rnvfbCMpSxnScta2vKWeM2rXvfK17769a8=",
  zstdWithHole:
    "SUkqAAgAAAAMAAABAwABAAAAEAAAAAEBAwABAAAAEAAAAAIBAwABAAAAIAAAAAMBAwABAAAAR4gAAAYBAwABAAAAAQAAABEBBAABAAAApgAAABUBAwABAAAAAQAAABYBAwABAAAAEAAAABcBBAABAAAA1wAAABwBAwABAAAAAQAAAFMBAwABAAAAAwAAAPLFBAACAAAAngAAAAAAAAAEAAAAAgAAACi1L/1gIwNtBgCyzCIqgEsKjQGcMx5uWmINuudnYH4l5lZw9zwwiwpGB2Youfk3OFZ9AXtko56ku8yyjWksY5Vh7GIWo6xiFJuYtIjn8BYewjN4Ag/gOVfm6rgsF+WaXNAR5uh7eJOn8OoNPOg97+VxYa7KJV11PWp2kU7Th0SmZJpCqkAqORJw5yBv/hw4HM8jEAEDRENCGaBwgsugUI9lO/ACkqDOAyOtZCQrHcmQrLRkf0vcTteqq/+cCjydhys4LyuwXsj3XyY5f+DTUnAusIElx54d",
  deflateWithHole:
    "SUkqAAgAAAAMAAABAwABAAAAEAAAAAEBAwABAAAAEAAAAAIBAwABAAAAQAAAAAMBAwABAAAAR4gAAAYBAwABAAAAAQAAABEBBAABAAAApgAAABUBAwABAAAAAQAAABYBAwABAAAAEAAAABcBBAABAAAA2AAAABwBAwABAAAAAQAAAFMBAwABAAAAAwAAAPLFBAACAAAAngAAAAAAAAAEAAAAAQAAAHicxdJLCoJQGIbhL5Bq0CAiIiKi+81uXqe5gHYRbaAN9O+lZTVpAUE2iyaG9DlICHHSr8gjcvScV90djnu7awC4mGejCiA+CgAeAMoA7iWghB+b+EE8/hVFRYSneL9FESQ9pvB9V7jlSfChTKu0Tpu0Tbu0T4d0TKd0Thd0Ra+c90kNXq/QGm3QFu3QHh3QEZ3QGTXpkq6pVveGZnXn7JHkuVk9eddp0azvk3OdYim992Re+7//W7pbbOVuR7dbHOVuV7dbXOVuT7dbPOVuX7db/OAN3RaDEQ==",
  alphaFromMask:
    "SUkqAAgAAAANAAABAwABAAAAEAAAAAEBAwABAAAAEAAAAAIBAwAEAAAAqgAAAAMBAwABAAAAR4gAAAYBAwABAAAAAgAAABEBBAABAAAAwgAAABUBAwABAAAABAAAABYBAwABAAAAEAAAABcBBAABAAAAGAEAABwBAwABAAAAAQAAAFIBAwABAAAAAgAAAFMBAwAEAAAAsgAAAPLFBAACAAAAugAAAAAAAAAIAAgACAAIAAEAAQABAAEABAAAAAAAAABMZXJjMiAEAAAAB2OIWBAAAAAQAAAAAwAAALAAAAAIAAAAGAEAAAEAAAAAAAAAAADgPwAAAAAAAAAAAAAAAACARkAkAAAAIADwf/B/8H/wf/B/8H/wf/B/8H/wf/B/8H/wf/B/8H/wfwCAAAAALS0eAAEEAAAAAAEAAAAAAAATAAAAgxMRBhAAAAAAAQAABKRJkkSSTJJkkmSSJJMkkySZJpkkyTLJJEmSSSZJkkwySZJkkkmSJJNMkySZZJkkySTJJEkmSSZJMvw/SZLz5/nzz5/nzzx/nj/z/Hn+z/Pn+T/Pn+f/PH+eVVUVVFVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVUAAAAA",
} as const;

async function read(file: keyof typeof FILES) {
  const raster = await openBytes(Buffer.from(FILES[file], "base64"));
  return { info: raster.info, planes: await raster.read(wholeWindow(raster)) };
}

const grid = (value: (x: number, y: number) => number) =>
  Array.from({ length: 256 }, (_, at) => value(at % 16, Math.floor(at / 16)));

const inHole = (x: number, y: number) => y >= 3 && y < 6 && x >= 4 && x < 9;

describe("LERC", () => {
  test("two interleaved bands of uint16", async () => {
    const { info, planes } = await read("twoBands");
    expect(info).toMatchObject({ compression: "LERC", dtype: "uint16", interleave: "PIXEL" });
    expect(planes.map((plane) => Array.from(plane as Uint16Array))).toEqual([
      grid((x, y) => x * 100 + y),
      grid((x, y) => x + y * 200),
    ]);
  });

  test.each([
    ["zstdWithHole", "LERC_ZSTD", "float32"],
    ["deflateWithHole", "LERC_DEFLATE", "float64"],
  ] as const)("%s: masked pixels are NaN", async (file, compression, dtype) => {
    const { info, planes } = await read(file);
    expect(info).toMatchObject({ compression, dtype });
    expect(Array.from(planes[0] as Float32Array)).toEqual(
      grid((x, y) => (inHole(x, y) ? Number.NaN : x + y * 0.5)),
    );
  });

  test("the mask of 8-bit data is the alpha band", async () => {
    const { info, planes } = await read("alphaFromMask");
    expect(info.colorInterpretation).toEqual(["Red", "Green", "Blue", "Alpha"]);
    const alpha = (x: number) => (x > 3 && x < 9 ? 0 : 255);
    expect(Array.from(planes[3] as Uint8Array)).toEqual(grid(alpha));
    const opaque = (plane: Uint8Array) => Array.from(plane, (value, at) => (alpha(at % 16) ? value : 0));
    expect(opaque(planes[0] as Uint8Array)).toEqual(grid((x) => (alpha(x) ? x * 3 : 0)));
    expect(opaque(planes[2] as Uint8Array)).toEqual(grid((x, y) => (alpha(x) ? x + y : 0)));
  });

  test.each([
    [
      16,
      1,
      "TGVyYzIgBAAAACN6tAEDAAAABQAAAAEAAAAPAAAACAAAAGkAAAADAAAAAAAAAAAA4D8AAAAAAAAAAAAAAAAAwOpAAAAAAAAAANYBAAAAZADIASwBkAAHAGsAzwEzAZcADgByANYBOgGe",
    ],
    [
      32,
      3,
      "TGVyYzIgBAAAACjQMWwDAAAABQAAAAEAAAAPAAAACAAAAIsAAAAGAAAAAAAAAAAAAAAAAAAAAAAAAAAAAGBoGRA4AAAAAAAAAABDy4AAAQAAAABCyAAAQ0gAAEOWAABDyAAAQOAAAELWAABDTwAAQ5mAAEPLgABBYAAAQuQAAENWAABDnQAAQ88AAA==",
    ],
  ])(
    "in big-endian files, %d-bit samples are swapped inside the blob (as GDAL 3.6 writes them)",
    async (bits, format, blob) => {
      const raster = await openBytes(
        buildTiff({
          ...{ width: 5, height: 3, samples: 1, bits, format, bigEndian: true, compressionCode: 34887 },
          pattern: () => 0n,
          encode: () => new Uint8Array(Buffer.from(blob, "base64")),
          fields: { 50674: { type: 4, values: [4, 0] } },
        }),
      );
      const [plane] = await raster.read(wholeWindow(raster));
      const expected = Array.from({ length: 15 }, (_, at) => (at % 5) * 100 + Math.floor(at / 5) * 7);
      expect(Array.from(plane as Uint16Array)).toEqual(expected);
    },
  );
});

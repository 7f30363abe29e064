import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type InspectedRaster, inspectRaster } from "../../../src/archive/inspect.ts";

const DATA = join(import.meta.dirname, "../../../../shared/data");

/** What GDAL 3.6.2 reads from a file. */
interface Expected {
  readonly status: "ok" | "error";
  readonly width: number;
  readonly height: number;
  readonly bands: number;
  readonly dtype: string;
  readonly compression: string;
  readonly interleave: "PIXEL" | "BAND";
  readonly nodata: number | "nan" | null;
  readonly geotransform: readonly number[] | null;
  readonly epsg: string | null;
  readonly overviews: number;
  readonly color_interp: readonly string[];
  readonly band?: readonly { sha256: string; min: number | null; max: number | null; mean: number | null }[];
}

/** Valid files in schemes that the reader refuses on purpose. */
const REFUSED = /^(CCITT|OJPEG|SGILOG|THUNDERSCAN)/;

/** Signed bytes, which GDAL has told apart only since 3.7. */
const sameType = (ours: string, gdal: string) =>
  ours === (gdal === "Byte" ? "uint8" : gdal.toLowerCase()) || (ours === "int8" && gdal === "Byte");

function differences(found: InspectedRaster, expected: Expected): string[] {
  const problems: string[] = [];
  const compare = (what: string, ours: unknown, gdal: unknown) => {
    if (JSON.stringify(ours) !== JSON.stringify(gdal))
      problems.push(`${what} ${JSON.stringify(ours)}, not ${JSON.stringify(gdal)}`);
  };
  for (const key of [
    "width",
    "height",
    "bands",
    "compression",
    "interleave",
    "nodata",
    "overviews",
  ] as const) {
    compare(key, found[key], expected[key]);
  }
  compare("epsg", found.epsg, expected.epsg === null ? null : Number(expected.epsg));
  compare("colours", found.colorInterpretation, expected.color_interp);
  if (!sameType(found.dtype, expected.dtype)) problems.push(`dtype ${found.dtype}, not ${expected.dtype}`);
  if ((found.geotransform === null) !== (expected.geotransform === null)) problems.push("geotransform");
  for (const [index, value] of (expected.geotransform ?? []).entries()) {
    if (Math.abs(found.geotransform![index]! - value) > 1e-12 * Math.abs(value))
      problems.push(`geotransform ${index}`);
  }
  for (const [index, band] of (expected.band ?? []).entries()) {
    const pixels = found.pixels?.[index];
    if (pixels?.sha256 !== band.sha256) problems.push(`pixels of band ${index + 1}`);
    for (const key of ["min", "max", "mean"] as const) {
      const [ours, gdal] = [pixels?.[key] ?? 0, band[key] ?? 0];
      if (Math.abs(ours - gdal) > 1e-9 * Math.max(1, Math.abs(gdal)))
        problems.push(`${key} of band ${index + 1}`);
    }
  }
  return problems;
}

describe.each(["geotiff", "scenes"])("../shared/data/%s", (folder) => {
  const list = join(DATA, folder, "expected.json");
  const present = existsSync(list);

  test(
    present ? "reads every file as GDAL does" : "reads every file as GDAL does (shared data not present)",
    async (context) => {
      if (!present) context.skip("shared data not present");
      const expected = JSON.parse(readFileSync(list, "utf8")) as Record<string, Expected>;
      const problems: string[] = [];
      for (const [file, wanted] of Object.entries(expected)) {
        const found = await inspectRaster(join(DATA, folder, file), { pixels: true });
        if (wanted.status === "error") {
          if (!("error" in found)) problems.push(`${file}: read, although damaged`);
          else if (!found.error.code.endsWith("-raster")) problems.push(`${file}: ${found.error.code}`);
        } else if (REFUSED.test(wanted.compression)) {
          if (!("error" in found) || found.error.code !== "unsupported-raster")
            problems.push(`${file}: not refused`);
        } else if ("error" in found) {
          problems.push(`${file}: ${found.error.message}`);
        } else {
          problems.push(...differences(found, wanted).map((problem) => `${file}: ${problem}`));
        }
      }
      expect(problems).toEqual([]);
    },
  );
});

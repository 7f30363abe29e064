import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type InspectedRaster, type InspectResult, inspectRaster } from "../../../src/archive/inspect.ts";

const DATA = join(import.meta.dirname, "../../../../shared/data");

/** What GDAL 3.6.2 reads from a file. */
export interface Expected {
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
const REFUSED = /^(OJPEG|SGILOG24|THUNDERSCAN)/;

/** How a file of the collections fared. */
export interface Comparison {
  readonly file: string;
  readonly expected: Expected;
  readonly found: InspectResult;
  /** What differs from GDAL without leave. */
  readonly problems: readonly string[];
}

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

const listOf = (folder: string) => join(DATA, folder, "expected.json");

/** Whether a folder of `../shared/data` is there, with what GDAL reads from its files. */
export const hasCorpus = (folder: string) => existsSync(listOf(folder));

/** Reads every file of the folder and compares it with GDAL. */
export async function compareCorpus(folder: string): Promise<Comparison[]> {
  const list = JSON.parse(readFileSync(listOf(folder), "utf8")) as Record<string, Expected>;
  const comparisons: Comparison[] = [];
  for (const [file, expected] of Object.entries(list)) {
    const found = await inspectRaster(join(DATA, folder, file), { pixels: true });
    comparisons.push({ file, expected, found, problems: problemsOf(found, expected) });
  }
  return comparisons;
}

function problemsOf(found: InspectResult, expected: Expected): string[] {
  if (expected.status === "error") {
    if (!("error" in found)) return ["read, although damaged"];
    return found.error.code.endsWith("-raster") ? [] : [found.error.code];
  }
  if (REFUSED.test(expected.compression)) {
    return "error" in found && found.error.code === "unsupported-raster" ? [] : ["not refused"];
  }
  return "error" in found ? [found.error.message] : differences(found, expected);
}

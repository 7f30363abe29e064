import { readFile } from "node:fs/promises";
import type { GeoTransform } from "../../shared/raster.ts";
import { parseNumber } from "./nodata.ts";
import { firstElement, parseAttributes, textElements, withoutSections } from "./xml.ts";

/** What a `.aux.xml` file beside the raster adds (GDAL's "persistent auxiliary metadata"). */
export interface AuxiliaryMetadata {
  readonly geotransform: GeoTransform | null;
  /** Undefined where the file says nothing about the coordinate system. */
  readonly epsg: number | null | undefined;
  /** Whether the raster is tied to the ground by single points, which replace its own geotransform. */
  readonly hasControlPoints: boolean;
  readonly bands: ReadonlyMap<number, AuxiliaryBand>;
}

export interface AuxiliaryBand {
  readonly name?: string;
  readonly nodata?: number;
  readonly scale?: number;
  readonly offset?: number;
  readonly colorInterpretation?: string;
}

/** Of a raster without such a file. */
export const NO_AUXILIARY_METADATA: AuxiliaryMetadata = {
  geotransform: null,
  epsg: undefined,
  hasControlPoints: false,
  bands: new Map(),
};

/** Longer files hold histograms or attribute tables, and are read no further. */
const MAX_BYTES = 4 << 20;

export async function readAuxiliaryMetadata(path: string): Promise<AuxiliaryMetadata> {
  let xml: string;
  try {
    xml = (await readFile(`${path}.aux.xml`)).subarray(0, MAX_BYTES).toString("utf8");
  } catch {
    return NO_AUXILIARY_METADATA;
  }
  // An unfinished file is none for GDAL, and what belongs to other images of the file is of no concern.
  if (!xml.includes("<PAMDataset") || !xml.includes("</PAMDataset")) return NO_AUXILIARY_METADATA;
  const own = withoutSections(xml, "<Subdataset", "</Subdataset>");
  const [dataset = "", ...bandTexts] = own.split("<PAMRasterBand");
  const bands = new Map<number, AuxiliaryBand>();
  for (const text of bandTexts) {
    const number = Number(parseAttributes(text.slice(0, text.indexOf(">"))).get("band"));
    if (number > 0) bands.set(number - 1, readBand(text));
  }
  return {
    geotransform: geotransformOf(firstElement(dataset, "GeoTransform")?.text),
    epsg: epsgOfSystem(firstElement(dataset, "SRS")?.text),
    hasControlPoints: /<GCP\s/.test(dataset),
    bands,
  };
}

function readBand(xml: string): AuxiliaryBand {
  const text = (name: string) => firstElement(xml, name)?.text.trim();
  const [name, scale, offset, color] = ["Description", "Scale", "Offset", "ColorInterp"].map(text);
  const nodata = [...textElements(xml, "NoDataValue")][0];
  return {
    ...(name === undefined ? {} : { name }),
    ...(nodata === undefined
      ? {}
      : { nodata: hexNumber(nodata.attributes.get("le_hex_equiv")) ?? parseNumber(nodata.text) }),
    ...(scale === undefined ? {} : { scale: parseNumber(scale) }),
    ...(offset === undefined ? {} : { offset: parseNumber(offset) }),
    ...(color === undefined ? {} : { colorInterpretation: color }),
  };
}

/** The bytes of a double, lowest first, which some versions write beside the decimal number. */
function hexNumber(hex: string | undefined): number | undefined {
  if (hex === undefined || !/^[0-9a-f]{16}$/i.test(hex)) return undefined;
  return Buffer.from(hex, "hex").readDoubleLE(0);
}

function geotransformOf(text: string | undefined): GeoTransform | null {
  const values = text?.split(",").map(Number) ?? [];
  if (values.length !== 6 || !values.every(Number.isFinite)) return null;
  return values as unknown as GeoTransform;
}

/** The EPSG code of a coordinate system given as `EPSG:code`, or at the root of a WKT text: the last thing in it. */
function epsgOfSystem(text: string | undefined): number | null | undefined {
  if (text === undefined) return undefined;
  const code =
    /^\s*EPSG:(\d+)\s*$/i.exec(text) ?? /(?:AUTHORITY|ID)\["EPSG",\s*"?(\d+)"?\]\s*\]\s*$/i.exec(text);
  return code === null ? null : Number(code[1]);
}

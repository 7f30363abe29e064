import { parseNumber } from "./nodata.ts";
import { textElements, unescapeXml } from "./xml.ts";

/** What GDAL writes into tag 42112 (GDAL_METADATA): the default domain, and per band description, scale and offset. */
export interface GdalMetadata {
  readonly metadata: Record<string, string>;
  readonly bands: ReadonlyMap<number, BandMetadata>;
}

export interface BandMetadata {
  description?: string;
  scale?: number;
  offset?: number;
  colorInterpretation?: string;
}

/** Longer texts are ignored: no band names take that much room. */
const MAX_LENGTH = 4 << 20;

export function parseGdalMetadata(xml: string | undefined): GdalMetadata {
  const metadata: Record<string, string> = {};
  const bands = new Map<number, BandMetadata>();
  if (xml === undefined || xml.length > MAX_LENGTH) return { metadata, bands };
  for (const { attributes, text } of textElements(xml, "Item")) {
    const name = attributes.get("name");
    if (name === undefined) continue;
    // GDAL escapes values twice.
    const value = unescapeXml(text);
    const sample = attributes.get("sample");
    if (sample === undefined) {
      if (!attributes.has("domain")) metadata[name] = value;
      continue;
    }
    const band = bands.get(Number(sample)) ?? {};
    bands.set(Number(sample), band);
    readRole(band, attributes.get("role"), value);
  }
  return { metadata, bands };
}

function readRole(band: BandMetadata, role: string | undefined, text: string): void {
  if (role === "description") band.description = text;
  else if (role === "scale") band.scale = parseNumber(text);
  else if (role === "offset") band.offset = parseNumber(text);
  else if (role === "colorinterp") band.colorInterpretation = text;
}

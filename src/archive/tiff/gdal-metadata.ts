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
  for (const item of xml.matchAll(/<Item\s([^<>]{0,1000})>([^<]*)<\/Item>/g)) {
    const attributes = parseAttributes(item[1] ?? "");
    const text = unescapeXml(item[2] ?? "");
    const name = attributes.get("name");
    if (name === undefined) continue;
    const sample = attributes.get("sample");
    if (sample === undefined) {
      if (!attributes.has("domain")) metadata[name] = text;
      continue;
    }
    const band = bands.get(Number(sample)) ?? {};
    bands.set(Number(sample), band);
    readRole(band, attributes.get("role"), text);
  }
  return { metadata, bands };
}

function readRole(band: BandMetadata, role: string | undefined, text: string): void {
  const value = Number(text);
  if (role === "description") band.description = text;
  else if (role === "scale" && Number.isFinite(value)) band.scale = value;
  else if (role === "offset" && Number.isFinite(value)) band.offset = value;
  else if (role === "colorinterp") band.colorInterpretation = text;
}

function parseAttributes(text: string): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const match of text.matchAll(/([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    attributes.set(match[1]!, unescapeXml(match[2] ?? match[3] ?? ""));
  }
  return attributes;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Replaces XML's five named entities and numeric references. */
export function unescapeXml(text: string): string {
  return text.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, name: string) => {
    if (!name.startsWith("#")) return ENTITIES[name] ?? whole;
    const hex = name[1] === "x" || name[1] === "X";
    const code = Number.parseInt(name.slice(hex ? 2 : 1), hex ? 16 : 10);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

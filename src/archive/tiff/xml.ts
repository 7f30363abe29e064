/** An element of the flat XML that GDAL writes: its attributes (names in lower case) and the text inside it. */
export interface XmlElement {
  readonly attributes: ReadonlyMap<string, string>;
  readonly text: string;
}

/** Longer lists of attributes than any writer makes are not looked at. */
const LONGEST_ATTRIBUTES = 2000;

/**
 * All elements of a name that hold text and nothing else, wherever they stand; upper and lower case count alike, as
 * for GDAL.
 */
export function* textElements(xml: string, name: string): Generator<XmlElement> {
  const pattern = new RegExp(`<${name}(\\s[^<>]{0,${LONGEST_ATTRIBUTES}})?>([^<]*)</${name}\\s*>`, "gi");
  for (const [, attributes, text] of withoutSections(xml, "<!--", "-->").matchAll(pattern)) {
    // GDAL drops spaces in front of a text, but not behind it.
    const plain = unescapeXml((text ?? "").trimStart());
    yield { attributes: parseAttributes(attributes ?? ""), text: plain };
  }
}

/** The first such element, or undefined. */
export function firstElement(xml: string, name: string): XmlElement | undefined {
  return textElements(xml, name).next().value ?? undefined;
}

/**
 * Cuts out everything between two marks, the marks included; an opening mark without its end is left. By searching
 * instead of by a pattern, which hostile files could make take for ever.
 */
export function withoutSections(xml: string, open: string, close: string): string {
  const parts: string[] = [];
  let from = 0;
  for (;;) {
    const start = xml.indexOf(open, from);
    const end = start < 0 ? -1 : xml.indexOf(close, start + open.length);
    if (end < 0) break;
    parts.push(xml.slice(from, start));
    from = end + close.length;
  }
  return parts.join("") + xml.slice(from);
}

/** The attributes in a start tag, by their names in lower case. Only so much of a text is looked at as tags have. */
export function parseAttributes(text: string): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const match of text
    .slice(0, LONGEST_ATTRIBUTES)
    .matchAll(/(?<![\w:])([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    attributes.set(match[1]!.toLowerCase(), unescapeXml(match[2] ?? match[3] ?? ""));
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

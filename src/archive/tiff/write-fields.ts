import type { GeoTransform } from "../../shared/raster.ts";

/** One directory field to be written. */
export type Field =
  | { readonly tag: number; readonly type: "short" | "long" | "double"; readonly values: readonly number[] }
  | { readonly tag: number; readonly type: "ascii"; readonly text: string };

const TYPE_CODES = { ascii: 2, short: 3, long: 4, double: 12 } as const;

/** A little-endian classic directory that begins at `position`, with the values that don't fit into it behind it. */
export function encodeDirectory(fields: readonly Field[], position: number): Buffer {
  const sorted = [...fields].sort((a, b) => a.tag - b.tag);
  const directory = Buffer.alloc(2 + sorted.length * 12 + 4);
  directory.writeUInt16LE(sorted.length, 0);
  const extra: Buffer[] = [];
  let extraPosition = position + directory.length + (directory.length % 2);
  for (const [index, field] of sorted.entries()) {
    const at = 2 + index * 12;
    const bytes = encodeValues(field);
    directory.writeUInt16LE(field.tag, at);
    directory.writeUInt16LE(TYPE_CODES[field.type], at + 2);
    directory.writeUInt32LE(field.type === "ascii" ? bytes.length : field.values.length, at + 4);
    if (bytes.length <= 4) {
      bytes.copy(directory, at + 8);
      continue;
    }
    directory.writeUInt32LE(extraPosition, at + 8);
    const padded = Buffer.alloc(bytes.length + (bytes.length % 2));
    bytes.copy(padded);
    extra.push(padded);
    extraPosition += padded.length;
  }
  return Buffer.concat([directory, Buffer.alloc(directory.length % 2), ...extra]);
}

function encodeValues(field: Field): Buffer {
  if (field.type === "ascii") return Buffer.from(`${field.text}\0`, "utf8");
  const width = { short: 2, long: 4, double: 8 }[field.type];
  const bytes = Buffer.alloc(field.values.length * width);
  for (const [index, value] of field.values.entries()) {
    if (field.type === "short") bytes.writeUInt16LE(value, index * 2);
    else if (field.type === "long") bytes.writeUInt32LE(value, index * 4);
    else bytes.writeDoubleLE(value, index * 8);
  }
  return bytes;
}

/** EPSG keeps geographic two-dimensional systems in this range (a few projected ones have strayed into it). */
const isGeographic = (epsg: number) => epsg >= 4000 && epsg < 5000;

/** GeoTIFF 1.1 georeferencing: pixel scale and tie point for north-up rasters, a matrix for all others. */
export function geoFields(transform: GeoTransform | null, epsg: number | null): Field[] {
  const fields: Field[] = [];
  if (transform !== null) {
    const [x, xColumn, xRow, y, yColumn, yRow] = transform;
    if (xRow === 0 && yColumn === 0 && xColumn > 0 && yRow < 0) {
      fields.push({ tag: 33550, type: "double", values: [xColumn, -yRow, 0] });
      fields.push({ tag: 33922, type: "double", values: [0, 0, 0, x, y, 0] });
    } else {
      const matrix = [xColumn, xRow, 0, x, yColumn, yRow, 0, y, 0, 0, 0, 0, 0, 0, 0, 1];
      fields.push({ tag: 34264, type: "double", values: matrix });
    }
  }
  const keys: [number, number][] = [[1025, 1]];
  if (epsg !== null) {
    const geographic = isGeographic(epsg);
    keys.unshift([1024, geographic ? 2 : 1]);
    keys.push(geographic ? [2048, epsg] : [3072, epsg]);
  }
  if (transform !== null || epsg !== null) {
    const values = [1, 1, 0, keys.length, ...keys.flatMap(([key, value]) => [key, 0, 1, value])];
    fields.push({ tag: 34735, type: "short", values });
  }
  return fields;
}

/** GDAL's own tags: band names and nodata. */
export function metadataFields(nodata: number | null, bandNames: readonly (string | null)[]): Field[] {
  const fields: Field[] = [];
  const items = bandNames.flatMap((name, band) =>
    name === null
      ? []
      : [`  <Item name="DESCRIPTION" sample="${band}" role="description">${escapeXml(name)}</Item>\n`],
  );
  if (items.length > 0) {
    fields.push({ tag: 42112, type: "ascii", text: `<GDALMetadata>\n${items.join("")}</GDALMetadata>\n` });
  }
  if (nodata !== null) {
    fields.push({
      tag: 42113,
      type: "ascii",
      text: Number.isNaN(nodata) ? "nan" : String(nodata).replace("Infinity", "inf"),
    });
  }
  return fields;
}

const escapeXml = (text: string) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

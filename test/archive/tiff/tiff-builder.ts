/**
 * Builds TIFF files byte by byte, in every layout the format knows, without using any code of the reader. Slow and
 * plain on purpose: samples are BigInts, bits are written one sample at a time.
 */
import { deflateSync, zstdCompressSync } from "node:zlib";
import { encodeLzw } from "./lzw-encoder.ts";

export type Compression = "none" | "packbits" | "lzw" | "lzw-low-bit-first" | "deflate" | "zstd";

export interface TiffSpec {
  readonly width: number;
  readonly height: number;
  readonly samples: number;
  readonly bits: number;
  /** 1 unsigned, 2 signed, 3 floating point. */
  readonly format?: number;
  readonly bigEndian?: boolean;
  readonly bigTiff?: boolean;
  readonly planar?: boolean;
  /** Tile width and height; strips of `rowsPerStrip` without it. */
  readonly tile?: readonly [number, number];
  readonly rowsPerStrip?: number;
  readonly compression?: Compression;
  readonly predictor?: 1 | 2 | 3;
  readonly fillOrder?: 1 | 2;
  readonly photometric?: number;
  /** The bit pattern of a sample, `bits` wide. */
  readonly pattern: (x: number, y: number, sample: number) => bigint;
  /** Replaces the encoded bytes of a block: for damaged files, and for schemes that the builder does not know. */
  readonly encode?: (raw: Uint8Array, block: number) => Uint8Array | null;
  readonly compressionCode?: number;
  /** Further fields, or other values for the usual ones; null leaves a field out. */
  readonly fields?: Readonly<Record<number, FieldSpec | null>>;
}

export interface FieldSpec {
  /** 1 BYTE, 2 ASCII, 3 SHORT, 4 LONG, 7 UNDEFINED, 12 DOUBLE, 16 LONG8. */
  readonly type: number;
  readonly values: readonly number[] | string | Uint8Array;
  /** A count that contradicts the values. */
  readonly count?: number;
}

const CODES: Record<Compression, number> = {
  none: 1,
  packbits: 32773,
  lzw: 5,
  "lzw-low-bit-first": 5,
  deflate: 8,
  zstd: 50000,
};

/** @param following further images in the same file, such as overviews; the first one's byte order holds for all */
export function buildTiff(spec: TiffSpec, following: readonly TiffSpec[] = []): Uint8Array {
  return assemble([spec, ...following].map((image) => ({ spec: image, blocks: packBlocks(image) })));
}

function packBlocks(spec: TiffSpec): (Uint8Array | null)[] {
  const { width, height, samples, planar = false, tile } = spec;
  const [blockWidth, blockHeight] = tile ?? [width, spec.rowsPerStrip ?? height];
  const blocks: (Uint8Array | null)[] = [];
  for (const plane of planar ? Array.from({ length: samples }, (_, index) => index) : [null]) {
    for (let top = 0; top < height; top += blockHeight) {
      for (let left = 0; left < width; left += blockWidth) {
        const rows = tile ? blockHeight : Math.min(blockHeight, height - top);
        const raw = packBlock(spec, left, top, blockWidth, rows, plane);
        blocks.push(spec.encode ? spec.encode(raw, blocks.length) : compress(raw, spec));
      }
    }
  }
  return blocks;
}

function packBlock(
  spec: TiffSpec,
  left: number,
  top: number,
  width: number,
  rows: number,
  plane: number | null,
) {
  const bands = plane === null ? Array.from({ length: spec.samples }, (_, sample) => sample) : [plane];
  const rowBytes = Math.ceil((width * bands.length * spec.bits) / 8);
  const bytes = new Uint8Array(rowBytes * rows);
  for (let row = 0; row < rows; row++) {
    const values: bigint[] = [];
    for (let column = 0; column < width; column++) {
      // Beyond the image's edge tiles hold arbitrary values.
      const x = Math.min(left + column, spec.width - 1);
      const y = Math.min(top + row, spec.height - 1);
      for (const band of bands) values.push(spec.pattern(x, y, band));
    }
    bytes.set(packRow(values, bands.length, spec, rowBytes), row * rowBytes);
  }
  if (spec.fillOrder === 2 && (spec.compression ?? "none") === "none") return bytes.map(reversed);
  return bytes;
}

function packRow(values: bigint[], stride: number, spec: TiffSpec, rowBytes: number): Uint8Array {
  const { bits, bigEndian = false, predictor = 1 } = spec;
  const mask = (1n << BigInt(bits)) - 1n;
  if (predictor === 3) return packFloatingPoint(values, stride, bits);
  const stored =
    predictor === 2
      ? values.map((value, at) => (value - (at >= stride ? values[at - stride]! : 0n)) & mask)
      : values;
  if ([8, 16, 32, 64].includes(bits)) {
    const size = bits / 8;
    const row = new Uint8Array(rowBytes);
    for (const [index, value] of stored.entries()) {
      for (let byte = 0; byte < size; byte++) {
        const shift = BigInt(8 * (bigEndian ? size - 1 - byte : byte));
        row[index * size + byte] = Number((value >> shift) & 255n);
      }
    }
    return row;
  }
  const row = new Uint8Array(rowBytes);
  let position = 0;
  for (const value of stored) {
    for (let bit = bits - 1; bit >= 0; bit--, position++) {
      if ((value >> BigInt(bit)) & 1n) row[position >> 3]! |= 128 >> (position & 7);
    }
  }
  return row;
}

/** Byte planes from the most significant down, then byte differences (TIFF Technical Note 3). */
function packFloatingPoint(values: bigint[], stride: number, bits: number): Uint8Array {
  const size = bits / 8;
  const planes = new Uint8Array(values.length * size);
  for (const [index, value] of values.entries()) {
    for (let byte = 0; byte < size; byte++) {
      planes[byte * values.length + index] = Number((value >> BigInt(8 * (size - 1 - byte))) & 255n);
    }
  }
  return planes.map((value, at) => value - (at >= stride ? planes[at - stride]! : 0));
}

function reversed(byte: number): number {
  return Number.parseInt(byte.toString(2).padStart(8, "0").split("").reverse().join(""), 2);
}

function compress(raw: Uint8Array, spec: TiffSpec): Uint8Array {
  const bytes = compressPlain(raw, spec.compression ?? "none");
  return spec.fillOrder === 2 && spec.compression && spec.compression !== "none"
    ? bytes.map(reversed)
    : bytes;
}

function compressPlain(raw: Uint8Array, compression: Compression): Uint8Array {
  switch (compression) {
    case "none":
      return raw;
    case "packbits":
      return encodePackBits(raw);
    case "lzw":
      return encodeLzw(raw, false);
    case "lzw-low-bit-first":
      return encodeLzw(raw, true);
    case "deflate":
      return new Uint8Array(deflateSync(raw));
    case "zstd":
      return new Uint8Array(zstdCompressSync(raw));
  }
}

/** Alternates literal runs, repeats and no-ops, so that all control bytes occur. */
function encodePackBits(raw: Uint8Array): Uint8Array {
  const output: number[] = [];
  for (let at = 0; at < raw.length; ) {
    let run = 1;
    while (run < 128 && raw[at + run] === raw[at]) run++;
    if (run > 2) {
      output.push(257 - run, raw[at]!);
      at += run;
      continue;
    }
    const literal = raw.subarray(at, at + 5);
    output.push(literal.length - 1, ...literal, 128);
    at += literal.length;
  }
  return Uint8Array.from(output);
}

const WIDTHS: Record<number, number> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 12: 8, 16: 8 };

interface PackedImage {
  readonly spec: TiffSpec;
  readonly blocks: readonly (Uint8Array | null)[];
}

function assemble(images: readonly PackedImage[]): Uint8Array {
  const { bigEndian = false, bigTiff = false } = images[0]!.spec;
  const parts: Uint8Array[] = [];
  let position = bigTiff ? 16 : 8;
  const append = (bytes: Uint8Array) => {
    const at = position;
    const padded = new Uint8Array(bytes.length + (bytes.length % 2));
    padded.set(bytes);
    parts.push(padded);
    position += padded.length;
    return at;
  };
  // From the last to the first, because each directory tells where the next one lies.
  const first = images.reduceRight((next, image) => appendImage(image, bigEndian, bigTiff, next, append), 0);
  return concatenate([header(bigEndian, bigTiff, first), ...parts]);
}

/** @returns where the image's directory lies */
function appendImage(
  { spec, blocks }: PackedImage,
  bigEndian: boolean,
  bigTiff: boolean,
  next: number,
  append: (bytes: Uint8Array) => number,
): number {
  const { samples, bits } = spec;
  const offsets = blocks.map((block) => (block === null ? 0 : append(block)));
  const lengths = blocks.map((block) => block?.length ?? 0);
  const perSample = (value: number) => Array.from({ length: samples }, () => value);
  const fields: Record<number, FieldSpec | null> = {
    256: { type: 4, values: [spec.width] },
    257: { type: 4, values: [spec.height] },
    258: { type: 3, values: perSample(bits) },
    259: { type: 3, values: [spec.compressionCode ?? CODES[spec.compression ?? "none"]] },
    262: { type: 3, values: [spec.photometric ?? 1] },
    ...(spec.fillOrder ? { 266: { type: 3, values: [spec.fillOrder] } } : {}),
    277: { type: 3, values: [samples] },
    284: { type: 3, values: [spec.planar ? 2 : 1] },
    ...(spec.predictor ? { 317: { type: 3, values: [spec.predictor] } } : {}),
    339: { type: 3, values: perSample(spec.format ?? 1) },
    ...(spec.tile
      ? {
          322: { type: 3, values: [spec.tile[0]] },
          323: { type: 3, values: [spec.tile[1]] },
          324: { type: bigTiff ? 16 : 4, values: offsets },
          325: { type: bigTiff ? 16 : 4, values: lengths },
        }
      : {
          273: { type: bigTiff ? 16 : 4, values: offsets },
          278: { type: 4, values: [spec.rowsPerStrip ?? spec.height] },
          279: { type: bigTiff ? 16 : 4, values: lengths },
        }),
    ...spec.fields,
  };
  const entries = Object.entries(fields)
    .filter((entry): entry is [string, FieldSpec] => entry[1] !== null)
    .map(([tag, field]) => ({ tag: Number(tag), field, bytes: encodeValues(field, bigEndian) }))
    .sort((a, b) => a.tag - b.tag);
  const room = bigTiff ? 8 : 4;
  const places = entries.map(({ bytes }) => (bytes.length <= room ? null : append(bytes)));
  const directory = new DataView(
    new ArrayBuffer((bigTiff ? 8 : 2) + entries.length * (bigTiff ? 20 : 12) + room),
  );
  const le = !bigEndian;
  if (bigTiff) directory.setBigUint64(0, BigInt(entries.length), le);
  else directory.setUint16(0, entries.length, le);
  for (const [index, { tag, field, bytes }] of entries.entries()) {
    const at = (bigTiff ? 8 : 2) + index * (bigTiff ? 20 : 12);
    const count = field.count ?? bytes.length / WIDTHS[field.type]!;
    directory.setUint16(at, tag, le);
    directory.setUint16(at + 2, field.type, le);
    if (bigTiff) directory.setBigUint64(at + 4, BigInt(count), le);
    else directory.setUint32(at + 4, count, le);
    const value = at + (bigTiff ? 12 : 8);
    const place = places[index];
    if (place === null || place === undefined) new Uint8Array(directory.buffer).set(bytes, value);
    else if (bigTiff) directory.setBigUint64(value, BigInt(place), le);
    else directory.setUint32(value, place, le);
  }
  const end = directory.byteLength - room;
  if (bigTiff) directory.setBigUint64(end, BigInt(next), le);
  else directory.setUint32(end, next, le);
  return append(new Uint8Array(directory.buffer));
}

function header(bigEndian: boolean, bigTiff: boolean, directoryAt: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(bigTiff ? 16 : 8));
  view.setUint16(0, bigEndian ? 0x4d4d : 0x4949);
  view.setUint16(2, bigTiff ? 43 : 42, !bigEndian);
  if (bigTiff) {
    view.setUint16(4, 8, !bigEndian);
    view.setBigUint64(8, BigInt(directoryAt), !bigEndian);
  } else {
    view.setUint32(4, directoryAt, !bigEndian);
  }
  return new Uint8Array(view.buffer);
}

function encodeValues(field: FieldSpec, bigEndian: boolean): Uint8Array {
  if (field.values instanceof Uint8Array) return field.values;
  if (typeof field.values === "string") return new TextEncoder().encode(`${field.values}\0`);
  const width = WIDTHS[field.type]!;
  const view = new DataView(new ArrayBuffer(field.values.length * width));
  for (const [index, value] of field.values.entries()) {
    const at = index * width;
    if (field.type === 12) view.setFloat64(at, value, !bigEndian);
    else if (width === 8) view.setBigUint64(at, BigInt(value), !bigEndian);
    else if (width === 4) view.setUint32(at, value, !bigEndian);
    else if (width === 2) view.setUint16(at, value, !bigEndian);
    else view.setUint8(at, value);
  }
  return new Uint8Array(view.buffer);
}

export function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

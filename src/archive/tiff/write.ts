import { randomBytes } from "node:crypto";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { deflateSync } from "node:zlib";
import { describeSystemError, FieldmarkError } from "../../shared/errors.ts";
import type { GeoTransform, SampleArray, SampleType } from "../../shared/raster.ts";
import { sampleArray } from "./unpack.ts";
import { encodeDirectory, type Field, geoFields, metadataFields } from "./write-fields.ts";

export interface GeoTiffContent {
  readonly width: number;
  readonly height: number;
  /** One plane per band, row by row, `width * height` samples of `dtype` each. */
  readonly bands: readonly SampleArray[];
  readonly dtype: SampleType;
  readonly geotransform?: GeoTransform | null;
  readonly epsg?: number | null;
  readonly nodata?: number | null;
  readonly bandNames?: readonly (string | null)[];
  readonly compression: "none" | "deflate";
  /** Side of square tiles in pixels, a multiple of 16; strips without it. */
  readonly tileSize?: number;
}

const BITS: Readonly<Record<SampleType, number>> = {
  uint8: 8,
  int8: 8,
  uint16: 16,
  int16: 16,
  uint32: 32,
  int32: 32,
  uint64: 64,
  int64: 64,
  float32: 32,
  float64: 64,
};

const FORMAT = (dtype: SampleType) => (dtype.startsWith("float") ? 3 : dtype.startsWith("int") ? 2 : 1);

/** Strips of about this size, uncompressed. */
const STRIP_BYTES = 128 * 1024;

/** Classic TIFF's offsets have 32 bits. */
const MAX_BYTES = 0xf0000000;

/**
 * Writes a pixel-interleaved, little-endian GeoTIFF. The file appears whole or not at all, and equal content gives
 * equal bytes. Deflate comes with horizontal differencing for whole numbers. Three bands of uint8 or uint16 are
 * marked as RGB.
 * @throws FieldmarkError `invalid-input` for content that does not fit together, `disk-full`, `read-only`,
 *   `raster-too-large` beyond classic TIFF's 4 GB
 */
export async function writeGeoTiff(path: string, content: GeoTiffContent): Promise<void> {
  checkContent(path, content);
  const temporary = `${path}.${randomBytes(6).toString("hex")}.partial`;
  try {
    const handle = await open(temporary, "wx");
    try {
      await writeFile(handle, content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    const system = describeSystemError(error, path);
    if (system) throw new FieldmarkError(system.code, system.message, { details: { path }, cause: error });
    throw error;
  }
}

function checkContent(path: string, { width, height, bands, dtype, tileSize }: GeoTiffContent): void {
  const refuse = (reason: string) =>
    new FieldmarkError("invalid-input", `${path} cannot be written: ${reason}.`);
  if (bands.length === 0 || bands.length > 0xffff) throw refuse(`it would have ${bands.length} bands`);
  if (!(width > 0) || !(height > 0)) throw refuse(`its size would be ${width} × ${height}`);
  for (const [band, plane] of bands.entries()) {
    if (plane.length !== width * height || plane.constructor !== sampleArray(dtype, 0).constructor) {
      throw refuse(`band ${band + 1} is not ${width} × ${height} samples of ${dtype}`);
    }
  }
  if (tileSize !== undefined && (tileSize <= 0 || tileSize % 16 !== 0))
    throw refuse(`tiles of ${tileSize} pixels are not legal`);
  if ((width * height * bands.length * BITS[dtype]) / 8 > MAX_BYTES) {
    throw new FieldmarkError(
      "raster-too-large",
      `${path} would be larger than 4 GB. Write it in several parts.`,
    );
  }
}

async function writeFile(handle: FileHandle, content: GeoTiffContent): Promise<void> {
  const { width, height, bands, dtype, tileSize, compression } = content;
  const bits = BITS[dtype];
  const rowBytes = (width * bands.length * bits) / 8;
  const blockWidth = tileSize ?? width;
  const blockHeight = tileSize ?? Math.min(height, Math.max(1, Math.floor(STRIP_BYTES / rowBytes)));
  const differences = compression === "deflate" && FORMAT(dtype) !== 3;
  const offsets: number[] = [];
  const counts: number[] = [];
  let position = 8;
  for (let y = 0; y < height; y += blockHeight) {
    for (let x = 0; x < width; x += blockWidth) {
      const rows = tileSize ?? Math.min(blockHeight, height - y);
      const block = interleave(content, x, y, blockWidth, rows);
      if (differences) difference(block, blockWidth * bands.length, bands.length);
      const raw = new Uint8Array(block.buffer, block.byteOffset, block.byteLength);
      const bytes = compression === "deflate" ? deflateSync(raw) : raw;
      offsets.push(position);
      counts.push(bytes.length);
      await handle.write(bytes, 0, bytes.length, position);
      position += bytes.length + (bytes.length % 2);
    }
  }
  const rgb = bands.length === 3 && (dtype === "uint8" || dtype === "uint16");
  const perBand = (value: number) => bands.map(() => value);
  const fields: Field[] = [
    { tag: 256, type: "long", values: [width] },
    { tag: 257, type: "long", values: [height] },
    { tag: 258, type: "short", values: perBand(bits) },
    { tag: 259, type: "short", values: [compression === "deflate" ? 8 : 1] },
    { tag: 262, type: "short", values: [rgb ? 2 : 1] },
    { tag: 277, type: "short", values: [bands.length] },
    { tag: 284, type: "short", values: [1] },
    { tag: 339, type: "short", values: perBand(FORMAT(dtype)) },
    ...(differences ? [{ tag: 317, type: "short", values: [2] } as const] : []),
    ...(rgb || bands.length === 1 ? [] : [{ tag: 338, type: "short", values: perBand(0).slice(1) } as const]),
    ...(tileSize === undefined
      ? ([
          { tag: 273, type: "long", values: offsets },
          { tag: 278, type: "long", values: [blockHeight] },
          { tag: 279, type: "long", values: counts },
        ] as const)
      : ([
          { tag: 322, type: "long", values: [tileSize] },
          { tag: 323, type: "long", values: [tileSize] },
          { tag: 324, type: "long", values: offsets },
          { tag: 325, type: "long", values: counts },
        ] as const)),
    ...geoFields(content.geotransform ?? null, content.epsg ?? null),
    ...metadataFields(content.nodata ?? null, content.bandNames ?? []),
  ];
  await handle.write(encodeDirectory(fields, position), 0, undefined, position);
  const header = Buffer.from([0x49, 0x49, 42, 0, 0, 0, 0, 0]);
  header.writeUInt32LE(position, 4);
  await handle.write(header, 0, 8, 0);
}

/** The pixels of a block, band after band; beyond the image's edge the last column and row are repeated. */
function interleave(content: GeoTiffContent, x: number, y: number, width: number, rows: number): SampleArray {
  const { bands, dtype } = content;
  const block = sampleArray(dtype, width * rows * bands.length) as Float64Array;
  for (const [band, plane] of bands.entries()) {
    const source = plane as Float64Array;
    let to = band;
    for (let row = 0; row < rows; row++) {
      const start = Math.min(y + row, content.height - 1) * content.width;
      for (let column = 0; column < width; column++, to += bands.length) {
        block[to] = source[start + Math.min(x + column, content.width - 1)]!;
      }
    }
  }
  return block;
}

function difference(block: SampleArray, perRow: number, stride: number): void {
  if (block instanceof BigUint64Array || block instanceof BigInt64Array) {
    for (let start = 0; start < block.length; start += perRow) {
      for (let at = start + perRow - 1; at >= start + stride; at--)
        block[at] = block[at]! - block[at - stride]!;
    }
    return;
  }
  for (let start = 0; start < block.length; start += perRow) {
    for (let at = start + perRow - 1; at >= start + stride; at--)
      block[at] = block[at]! - block[at - stride]!;
  }
}

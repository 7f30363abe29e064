import type { ByteSource } from "./byte-source.ts";
import { corrupt, unsupported } from "./faults.ts";
import { INTEGER_TYPES, TYPE_BYTES } from "./tags.ts";

/** One entry of a directory; the values stay in the file until they are asked for. */
export interface Entry {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  /** Where the values begin: inside the entry itself when they fit, elsewhere in the file otherwise. */
  readonly valueOffset: number;
}

export interface TiffHeader {
  readonly littleEndian: boolean;
  readonly big: boolean;
  readonly firstDirectory: number;
}

export interface Directory {
  readonly offset: number;
  /** The first entry of each tag; later duplicates are ignored, as libtiff does. */
  readonly entries: ReadonlyMap<number, Entry>;
  readonly next: number;
}

const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** An unsigned 64-bit number; offsets beyond 2^53 lie outside any file and become Infinity. */
function bigOffset(data: DataView, at: number, littleEndian: boolean): number {
  const value = data.getBigUint64(at, littleEndian);
  return value > BigInt(Number.MAX_SAFE_INTEGER) ? Number.POSITIVE_INFINITY : Number(value);
}

/** Classic TIFF or BigTIFF, either byte order. */
export async function readHeader(source: ByteSource): Promise<TiffHeader> {
  if (source.size < 8) throw unsupported("it is not a TIFF file (too short)");
  const data = view(await source.read(0, 8));
  const order = data.getUint16(0, false);
  if (order !== 0x4949 && order !== 0x4d4d) throw unsupported("it is not a TIFF file");
  const littleEndian = order === 0x4949;
  const magic = data.getUint16(2, littleEndian);
  if (magic === 42) return { littleEndian, big: false, firstDirectory: data.getUint32(4, littleEndian) };
  if (magic !== 43) throw unsupported("it is not a TIFF file");
  if (data.getUint16(4, littleEndian) !== 8 || data.getUint16(6, littleEndian) !== 0) {
    throw corrupt("its BigTIFF header is invalid");
  }
  const tail = view(await source.read(8, 8));
  return { littleEndian, big: true, firstDirectory: bigOffset(tail, 0, littleEndian) };
}

/** At most this many entries: libtiff's own bound for BigTIFF, and what a 16-bit count allows otherwise. */
const MAX_BIG_ENTRIES = 4096;

export async function readDirectory(
  source: ByteSource,
  header: TiffHeader,
  offset: number,
): Promise<Directory> {
  const { littleEndian, big } = header;
  if (!(offset > 0) || offset >= source.size)
    throw corrupt(`its image directory would lie at byte ${offset}, outside the file`);
  const countBytes = big ? 8 : 2;
  const entryBytes = big ? 20 : 12;
  const head = view(await source.read(offset, countBytes));
  const count = big ? bigOffset(head, 0, littleEndian) : head.getUint16(0, littleEndian);
  if (count === 0 || (big && count > MAX_BIG_ENTRIES))
    throw corrupt(`its image directory claims ${count} entries`);
  const start = offset + countBytes;
  const data = view(await source.read(start, count * entryBytes));
  const entries = new Map<number, Entry>();
  for (let index = 0; index < count; index++) {
    const at = index * entryBytes;
    const tag = data.getUint16(at, littleEndian);
    if (entries.has(tag)) continue;
    const type = data.getUint16(at + 2, littleEndian);
    const values = big ? bigOffset(data, at + 4, littleEndian) : data.getUint32(at + 4, littleEndian);
    const field = at + (big ? 12 : 8);
    const inline = (TYPE_BYTES[type] ?? 1) * values <= (big ? 8 : 4);
    const pointer = big ? bigOffset(data, field, littleEndian) : data.getUint32(field, littleEndian);
    entries.set(tag, { tag, type, count: values, valueOffset: inline ? start + field : pointer });
  }
  const end = start + count * entryBytes;
  const nextBytes = big ? 8 : 4;
  let next = 0;
  if (end + nextBytes <= source.size) {
    const tail = view(await source.read(end, nextBytes));
    next = big ? bigOffset(tail, 0, littleEndian) : tail.getUint32(0, littleEndian);
  }
  return { offset, entries, next };
}

/** The raw bytes of an entry's first `limit` values. */
export async function entryBytes(source: ByteSource, entry: Entry, limit = entry.count): Promise<Uint8Array> {
  const width = TYPE_BYTES[entry.type];
  if (width === undefined) throw corrupt(`tag ${entry.tag} has the unknown type ${entry.type}`);
  return source.read(entry.valueOffset, Math.min(entry.count, limit) * width);
}

/** An entry's values as numbers. Rationals are divided; 64-bit numbers beyond 2^53 become Infinity. */
export async function entryNumbers(
  source: ByteSource,
  littleEndian: boolean,
  entry: Entry,
  limit = entry.count,
): Promise<Float64Array> {
  const data = view(await entryBytes(source, entry, limit));
  const width = TYPE_BYTES[entry.type]!;
  const values = new Float64Array(data.byteLength / width);
  for (let index = 0; index < values.length; index++) {
    values[index] = numberAt(data, index * width, entry, littleEndian);
  }
  return values;
}

function numberAt(data: DataView, at: number, entry: Entry, le: boolean): number {
  switch (entry.type) {
    case 1:
    case 2:
    case 7:
      return data.getUint8(at);
    case 3:
      return data.getUint16(at, le);
    case 4:
    case 13:
      return data.getUint32(at, le);
    case 5:
      return data.getUint32(at, le) / data.getUint32(at + 4, le);
    case 6:
      return data.getInt8(at);
    case 8:
      return data.getInt16(at, le);
    case 9:
      return data.getInt32(at, le);
    case 10:
      return data.getInt32(at, le) / data.getInt32(at + 4, le);
    case 11:
      return data.getFloat32(at, le);
    case 12:
      return data.getFloat64(at, le);
    case 16:
    case 18:
      return bigOffset(data, at, le);
    case 17: {
      const value = data.getBigInt64(at, le);
      return value < 0n ? -1 : bigOffset(data, at, le);
    }
    default:
      throw corrupt(`tag ${entry.tag} has the unknown type ${entry.type}`);
  }
}

/** An ASCII entry's text up to its first NUL, as UTF-8 (which is what GDAL writes). */
export async function entryText(source: ByteSource, entry: Entry): Promise<string> {
  const bytes = await entryBytes(source, entry);
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}

/** The single whole number of a field that may hold only one, or a fault that names the field. */
export async function wholeNumber(
  source: ByteSource,
  littleEndian: boolean,
  entry: Entry,
  name: string,
  maximum: number,
): Promise<number> {
  if (entry.count !== 1) throw corrupt(`${name} has ${entry.count} values where one belongs`);
  if (!INTEGER_TYPES.has(entry.type)) throw corrupt(`${name} has the wrong field type (${entry.type})`);
  const value = (await entryNumbers(source, littleEndian, entry, 1))[0]!;
  if (value < 0 || value > maximum) throw corrupt(`${name} has the impossible value ${value}`);
  return value;
}

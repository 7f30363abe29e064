import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { type FileHandle, mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import { Transform } from "node:stream";
import { finished, pipeline } from "node:stream/promises";
import { crc32, createInflateRaw } from "node:zlib";

/** One file in a zip archive. */
export interface ZipEntry {
  readonly name: string;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly crc32: number;
  readonly compressedBytes: number;
  readonly bytes: number;
  /** Where its local header begins in the archive. */
  readonly offset: number;
}

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const ZIP64_MARK = 0xffffffff;

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  if (bytesRead !== length) throw new Error("the archive is truncated");
  return buffer;
}

/**
 * The files of a zip archive (PKWARE APPNOTE 4.3), from its central directory.
 * @throws Error for truncated archives and for zip64, which no wheel needed so far
 */
export async function readZip(path: string): Promise<ZipEntry[]> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const tail = await readAt(
      file,
      Math.max(0, size - END_BYTES - LONGEST_COMMENT),
      Math.min(size, END_BYTES + LONGEST_COMMENT),
    );
    let end = tail.length - END_BYTES;
    while (end >= 0 && tail.readUInt32LE(end) !== END_SIGNATURE) end -= 1;
    if (end < 0) throw new Error("it is not a complete zip archive");
    const count = tail.readUInt16LE(end + 10);
    const start = tail.readUInt32LE(end + 16);
    if (start === ZIP64_MARK || count === 0xffff)
      throw new Error("it is a zip64 archive, which is not supported");
    const directory = await readAt(file, start, tail.readUInt32LE(end + 12));
    const entries: ZipEntry[] = [];
    let at = 0;
    for (let index = 0; index < count; index += 1) {
      if (directory.readUInt32LE(at) !== ENTRY_SIGNATURE) throw new Error("its directory is damaged");
      const nameLength = directory.readUInt16LE(at + 28);
      entries.push({
        name: directory.toString("utf8", at + 46, at + 46 + nameLength),
        method: directory.readUInt16LE(at + 10),
        crc32: directory.readUInt32LE(at + 16),
        compressedBytes: directory.readUInt32LE(at + 20),
        bytes: directory.readUInt32LE(at + 24),
        offset: directory.readUInt32LE(at + 42),
      });
      at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
    }
    return entries;
  } finally {
    await file.close();
  }
}

/**
 * Writes one file of an archive to `target`, making its folder.
 * @returns its SHA-256, base64url without padding (the form in which wheels record it)
 * @throws Error where the content does not have the archive's own length and CRC-32
 */
export async function extractEntry(archive: string, entry: ZipEntry, target: string): Promise<string> {
  if (entry.method !== 0 && entry.method !== 8) throw new Error(`${entry.name} uses an unknown compression`);
  const file = await open(archive);
  let start: number;
  try {
    const header = await readAt(file, entry.offset, 30);
    start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  } finally {
    await file.close();
  }
  await mkdir(dirname(target), { recursive: true });
  const hash = createHash("sha256");
  let checksum = 0;
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      checksum = crc32(chunk, checksum);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  const output = createWriteStream(target);
  if (entry.compressedBytes === 0) {
    await finished(output.end());
  } else {
    const input = createReadStream(archive, {
      start,
      end: start + entry.compressedBytes - 1,
      highWaterMark: 1 << 20,
    });
    const stages =
      entry.method === 8 ? [input, createInflateRaw({ chunkSize: 1 << 20 }), measure] : [input, measure];
    await pipeline([...stages, output]);
  }
  if (bytes !== entry.bytes || checksum !== entry.crc32)
    throw new Error(`${entry.name} in ${archive} is damaged`);
  return hash.digest("base64url");
}

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { extractEntry, readZip, type ZipEntry } from "./zip.ts";

/** A Python wheel: a zip archive whose file name tells name and version, and whose RECORD holds checksums. */
export interface Wheel {
  readonly path: string;
  /** Normalised: lower case, with `-` (PEP 503). */
  readonly name: string;
  readonly version: string;
}

/** @returns null where the file name is not a wheel's (PEP 427) */
export function parseWheelName(path: string): Wheel | null {
  const match = /^([A-Za-z0-9._]+)-([^-]+)(?:-\d[^-]*)?-[^-]+-[^-]+-[^-]+\.whl$/.exec(basename(path));
  if (!match?.[1] || !match[2]) return null;
  return { path, name: match[1].toLowerCase().replaceAll(/[-_.]+/g, "-"), version: match[2] };
}

async function readText(wheel: Wheel, entry: ZipEntry): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "fieldmark-wheel-"));
  try {
    const target = join(folder, "text");
    await extractEntry(wheel.path, entry, target);
    return await readFile(target, "utf8");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function metadataFile(wheel: Wheel, entries: readonly ZipEntry[], name: string): Promise<string> {
  const entry = entries.find(
    (each) => /^[^/]+\.dist-info\//.test(each.name) && each.name.endsWith(`/${name}`),
  );
  if (!entry) throw new Error(`${wheel.path} has no ${name}: it is not a wheel`);
  return readText(wheel, entry);
}

/** Checksums by file name from a wheel's RECORD: `name,sha256=BASE64URL,size` lines. */
function parseRecord(text: string): Map<string, string> {
  const checksums = new Map<string, string>();
  for (const line of text.split("\n")) {
    const match = /^"?(.+?)"?,sha256=([\w-]+),\d*\r?$/.exec(line);
    if (match?.[1] && match[2]) checksums.set(match[1], match[2]);
  }
  return checksums;
}

/** What a wheel's METADATA requires (PEP 508), for one extra: `nvidia-cublas-cu12<13.0,>=12.5.3.2`. */
export async function wheelRequirements(wheel: Wheel, extra: string): Promise<string[]> {
  const text = await metadataFile(wheel, await readZip(wheel.path), "METADATA");
  const requirements: string[] = [];
  for (const line of text.split("\n")) {
    const match = /^Requires-Dist:\s*([^;]+);(.*)$/.exec(line.trim());
    if (match?.[1] && match[2] && new RegExp(`extra\\s*==\\s*["']${extra}["']`).test(match[2])) {
      requirements.push(match[1].replaceAll(/[\s()]/g, ""));
    }
  }
  return requirements;
}

/**
 * Unpacks the files of a wheel that `wanted` names into a folder and checks them against the wheel's RECORD.
 * @returns the names of the files written
 * @throws Error for a damaged wheel, or one whose file would land outside the folder
 */
export async function unpackWheel(
  wheel: Wheel,
  folder: string,
  wanted: (name: string) => boolean,
): Promise<string[]> {
  const entries = await readZip(wheel.path);
  const checksums = parseRecord(await metadataFile(wheel, entries, "RECORD"));
  const written: string[] = [];
  for (const entry of entries) {
    if (entry.name.endsWith("/") || !wanted(entry.name)) continue;
    if (entry.name.startsWith("/") || entry.name.split("/").includes("..")) {
      throw new Error(`${wheel.path} holds the unsafe name ${entry.name}`);
    }
    const checksum = await extractEntry(wheel.path, entry, join(folder, entry.name));
    if (checksums.get(entry.name) !== checksum)
      throw new Error(`${entry.name} in ${wheel.path} has a wrong checksum`);
    written.push(entry.name);
  }
  return written;
}

import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { crc32, deflateRawSync } from "node:zlib";
import { afterEach } from "vitest";
import type { CommandResult, Machine } from "../../../scripts/setup/machine.ts";

/** A fresh folder for each call, gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "fieldmark-setup-"));
  folders.push(folder);
  return folder;
}
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

/** A zip archive after PKWARE's APPNOTE; long contents are deflated, short ones stored. */
export function zip(files: Readonly<Record<string, string>>, encoding: BufferEncoding = "utf8"): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const raw = Buffer.from(content, encoding);
    const method = raw.length > 100 ? 8 : 0;
    const data = method === 8 ? deflateRawSync(raw) : raw;
    const nameBytes = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(crc32(raw), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(raw.length, 18);
    common.writeUInt16LE(nameBytes.length, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), common, nameBytes, data]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00", "latin1"), common, tail, nameBytes]));
    bodies.push(local);
    offset += local.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(entries.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, entries, end]);
}

/** A wheel with its RECORD; `spoil` gives one file a wrong checksum there. Contents are strings: `latin1` for bytes. */
export function writeWheel(
  folder: string,
  fileName: string,
  files: Readonly<Record<string, string>>,
  options: { readonly metadata?: string; readonly spoil?: string; readonly encoding?: BufferEncoding } = {},
): string {
  const info = `${fileName.split("-").slice(0, 2).join("-")}.dist-info`;
  const all: Record<string, string> = {
    ...files,
    [`${info}/METADATA`]: options.metadata ?? "Metadata-Version: 2.1\n",
  };
  const record = Object.entries(all).map(([name, content]) => {
    const digest = createHash("sha256")
      .update(Buffer.from(name === options.spoil ? "other" : content, options.encoding))
      .digest("base64url");
    return `${name},sha256=${digest},${content.length}`;
  });
  all[`${info}/RECORD`] = `${record.join("\n")}\n${info}/RECORD,,\n`;
  const path = join(folder, fileName);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, zip(all, options.encoding));
  return path;
}

/** The files of a TensorFlow wheel that matter, with stand-ins for the libraries. */
export const TENSORFLOW_FILES = {
  "tensorflow/libtensorflow_cc.so.2": `library ${"c".repeat(500)}`,
  "tensorflow/libtensorflow_framework.so.2": `framework ${"f".repeat(300)}`,
  "tensorflow/include/tensorflow/c/c_api.h": "// api",
  "tensorflow/include/tsl/platform/ctstring.h": "// strings",
  "tensorflow/include/tensorflow/core/ops.h": "// not needed",
  "tensorflow/python/big.py": "# not needed",
} as const;

export interface FakeMachine extends Machine {
  /** Every command line that was run. */
  readonly commands: string[];
}

/** A Linux machine that has just the programs given, and answers their calls. */
export function fakeMachine(
  programs: Readonly<Record<string, (args: readonly string[]) => Partial<CommandResult> | undefined>>,
  more: Partial<Machine> = {},
): FakeMachine {
  const commands: string[] = [];
  return {
    platform: "linux",
    arch: "x64",
    env: { FIELDMARK_CACHE: join(temporaryFolder(), "cache") },
    isRoot: false,
    isDebian: true,
    hasAptLists: () => true,
    hasNvidiaDriver: () => false,
    find: (program) => (program in programs ? program : null),
    run: async (program, args) => {
      commands.push([program, ...args].join(" "));
      const answer = programs[program]?.(args) ?? {};
      return { code: 0, stdout: "", stderr: "", timedOut: false, ...answer };
    },
    ...more,
    commands,
  };
}

import { createHash } from "node:crypto";
import { open, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fingerprintOf, PIECE_BYTES, PIECES, WHOLE_BYTES } from "../../../src/archive/index/fingerprint.ts";
import { scratchFolder } from "../fixtures.ts";

function noise(bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  for (let at = 0, state = 7; at < bytes; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    buffer[at] = state >>> 24;
  }
  return buffer;
}

async function fileOf(content: Uint8Array): Promise<string> {
  const path = join(await scratchFolder(), "file.tif");
  await writeFile(path, content);
  return path;
}

async function overwrite(path: string, position: number): Promise<void> {
  const file = await open(path, "r+");
  const byte = Buffer.alloc(1);
  await file.read(byte, 0, 1, position);
  await file.write(Buffer.of(byte[0]! ^ 255), 0, 1, position);
  await file.close();
}

describe("a fingerprint", () => {
  test("of a small file is the SHA-256 of its size and all of its content", async () => {
    for (const bytes of [0, 1, 5000, WHOLE_BYTES]) {
      const content = noise(bytes);
      const expected = createHash("sha256")
        .update(Buffer.concat([Buffer.from(`fieldmark 1 ${bytes}\n`), content]))
        .digest("hex");
      expect(fingerprintOf(await fileOf(content), bytes)).toBe(expected);
    }
  });

  test("of a large file covers its head, its tail and evenly spread pieces", async () => {
    const bytes = WHOLE_BYTES + 100_003;
    const path = await fileOf(noise(bytes));
    const content = await readFile(path);
    const parts = Array.from({ length: PIECES }, (_, piece) => {
      const start = Math.floor(((bytes - PIECE_BYTES) * piece) / (PIECES - 1));
      return content.subarray(start, start + PIECE_BYTES);
    });
    const expected = createHash("sha256")
      .update(Buffer.concat([Buffer.from(`fieldmark 1 ${bytes}\n`), ...parts]))
      .digest("hex");
    expect(fingerprintOf(path, bytes)).toBe(expected);
  });

  test("changes with one byte at the head, at the tail or in a piece", async () => {
    const bytes = 4 * WHOLE_BYTES;
    const middle = Math.floor(((bytes - PIECE_BYTES) * 7) / (PIECES - 1)) + 5;
    for (const position of [0, bytes - 1, middle]) {
      const path = await fileOf(noise(bytes));
      const before = fingerprintOf(path, bytes);
      await overwrite(path, position);
      expect(fingerprintOf(path, bytes), String(position)).not.toBe(before);
    }
  });

  test("of a file that is shorter than it was is refused", async () => {
    const path = await fileOf(noise(100));
    expect(() => fingerprintOf(path, 200)).toThrow(/became shorter/);
  });
});

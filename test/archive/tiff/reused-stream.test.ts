import { deflateSync, zstdCompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { type ReusedStream, reusedStream } from "../../../src/archive/tiff/compression/reused-stream.ts";
import { createRandom } from "../../../src/shared/random.ts";

const random = createRandom(11);
const RAW = Uint8Array.from({ length: 30_000 }, (_, at) => (at % 7) * random.integer(30));

const streamOf = (format: "deflate" | "zstd"): ReusedStream => {
  const stream = reusedStream(format);
  // With a Node whose internals differ the reader gets slower, not wrong; whoever updates Node should know it.
  if (stream === null) throw new Error("Node's internals have changed.");
  return stream;
};

describe.each([
  ["deflate", deflateSync],
  ["zstd", zstdCompressSync],
] as const)("%s", (format, compress) => {
  const good = compress(RAW);
  const stream = streamOf(format);
  const output = new Uint8Array(RAW.length + 64);

  const expectGood = () => {
    output.fill(170);
    expect(stream.decode(good, output)).toBe(RAW.length);
    expect(Buffer.compare(output.subarray(0, RAW.length), RAW)).toBe(0);
  };

  test("one stream after another", () => {
    for (const length of [1, 100, 29_999, 5000]) {
      const part = RAW.subarray(0, length);
      expect(stream.decode(compress(part), output)).toBe(length);
      expect(Buffer.compare(output.subarray(0, length), part)).toBe(0);
    }
  });

  test("truncated ones are never taken for whole, and the next one comes right", () => {
    for (let length = 0; length < good.length - 4; length += 97) {
      expect(stream.decode(good.subarray(0, length), output)).toBeLessThan(RAW.length);
      expectGood();
    }
  });

  test("one that does not fit is refused", () => {
    expect(stream.decode(good, new Uint8Array(RAW.length - 1))).toBe(-1);
    expect(stream.decode(good, new Uint8Array(RAW.length))).toBe(-1);
    expectGood();
  });

  test("damage is found, or gives another length", () => {
    for (let count = 0; count < 200; count++) {
      const damaged = Uint8Array.from(good);
      const at = random.integer(good.length);
      damaged[at] = damaged[at]! ^ (1 << random.integer(8));
      const decoded = stream.decode(damaged, output);
      // Frames of Zstandard have no checksum unless asked for: there, only crashes and lasting damage are looked for.
      if (format === "deflate") expect(decoded).toBe(-1);
      expectGood();
    }
  });
});

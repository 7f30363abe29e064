import { describe, expect, onTestFinished, test } from "vitest";
import { BlockCache } from "../../../src/archive/tiff/block-cache.ts";
import { openRaster, type RasterOptions } from "../../../src/archive/tiff/raster.ts";
import { createRandom } from "../../../src/shared/random.ts";
import { openBytes, scratchFile } from "./scratch.ts";
import { buildTiff, type TiffSpec } from "./tiff-builder.ts";

const WIDTH = 150;
const HEIGHT = 130;

const value = (x: number, y: number, sample: number) => (x * 7 + y * 131 + sample * 1009) % 65_521;

const spec = (more: Partial<TiffSpec>): TiffSpec => ({
  width: WIDTH,
  height: HEIGHT,
  samples: 4,
  bits: 16,
  tile: [32, 16],
  pattern: (x, y, sample) => BigInt(value(x, y, sample)),
  ...more,
});

async function open(bytes: Uint8Array, options: RasterOptions) {
  const raster = await openRaster(await scratchFile(bytes), options);
  onTestFinished(() => raster.close());
  return raster;
}

function randomWindow(random: ReturnType<typeof createRandom>, width: number, height: number) {
  const x = random.integer(WIDTH - width + 1);
  const y = random.integer(HEIGHT - height + 1);
  return { x, y, width, height };
}

describe("bands of windows are taken apart right", () => {
  const random = createRandom(5);
  const cases = [8, 16, 32, 64].flatMap((bits) =>
    [1, 2, 3, 4, 5, 7].map((samples) => [bits, samples] as const),
  );

  test.each(cases)("%i bits, %i samples", async (bits, samples) => {
    for (const planar of [false, true]) {
      const pattern = (x: number, y: number, sample: number) =>
        BigInt(value(x, y, sample) % 2 ** Math.min(bits, 16));
      const raster = await openBytes(buildTiff(spec({ bits, samples, planar, pattern })));
      for (let count = 0; count < 12; count++) {
        const window = randomWindow(random, 1 + random.integer(70), 1 + random.integer(60));
        const all = Array.from({ length: samples }, (_, band) => band);
        const bands =
          count % 3 === 0
            ? all
            : Array.from({ length: 1 + random.integer(samples) }, () => random.integer(samples));
        const planes = await raster.read(window, bands);
        for (const [index, band] of bands.entries()) {
          const expected = Array.from({ length: window.width * window.height }, (_, at) =>
            pattern(window.x + (at % window.width), window.y + Math.floor(at / window.width), band),
          );
          expect(Array.from(planes[index]! as Uint8Array, BigInt)).toEqual(expected);
        }
      }
    }
  });
});

describe("differences from left neighbours are summed up from any column on", () => {
  const random = createRandom(17);
  test.each(["deflate", "lzw", "zstd"] as const)("%s", async (compression) => {
    for (const bigEndian of [false, true]) {
      const bytes = buildTiff(spec({ compression, predictor: 2, bigEndian }));
      for (const cache of [0, 1 << 20]) {
        const raster = await open(bytes, { cache });
        for (let count = 0; count < 20; count++) {
          const window = randomWindow(random, 1 + random.integer(70), 1 + random.integer(60));
          const bands = count % 4 === 0 ? [2, 0] : [0, 1, 2, 3];
          const planes = await raster.read(window, bands);
          for (const [index, band] of bands.entries()) {
            const expected = Array.from({ length: window.width * window.height }, (_, at) =>
              value(window.x + (at % window.width), window.y + Math.floor(at / window.width), band),
            );
            expect(Array.from(planes[index]! as Uint16Array)).toEqual(expected);
          }
        }
      }
    }
  });
});

describe("reading into arrays at hand", () => {
  const window = { x: 3, y: 5, width: 90, height: 77 };

  test("leaves nothing of what was in them, blocks that were never written included", async () => {
    const sparse = spec({ encode: (raw, block) => (block % 3 === 1 ? null : raw) });
    for (const made of [sparse, { ...sparse, planar: true }, { ...sparse, bits: 64 }]) {
      const raster = await open(buildTiff(made), { cache: 0 });
      const fresh = await raster.read(window);
      const into = fresh.map((plane) => plane.slice());
      for (const plane of into) new Uint8Array(plane.buffer).fill(171);
      const planes = await raster.read(window, undefined, into);
      expect(planes.map((plane, index) => plane === into[index])).toEqual([true, true, true, true]);
      expect(planes).toEqual(fresh);
      expect(planes.some((plane) => plane.every((sample) => Number(sample) !== 0))).toBe(false);
    }
  });

  test("refuses arrays that do not fit", async () => {
    const raster = await open(buildTiff(spec({})), { cache: 0 });
    const length = window.width * window.height;
    const arrays = (Type: typeof Uint16Array | typeof Int16Array, count: number, size: number) =>
      Array.from({ length: count }, () => new Type(size));
    for (const into of [
      arrays(Uint16Array, 3, length),
      arrays(Uint16Array, 4, length + 1),
      arrays(Int16Array, 4, length),
    ]) {
      await expect(raster.read(window, undefined, into)).rejects.toMatchObject({ code: "invalid-input" });
    }
  });
});

describe("no more is read than the blocks that a window touches", () => {
  test.each(["none", "deflate", "lzw", "zstd"] as const)("%s", async (compression) => {
    /** Bytes of each block in the file, in their order. */
    const lengths: number[] = [];
    const plain = spec({ compression, width: 600, height: 500 });
    const bytes = buildTiff(plain);
    const view = new DataView(bytes.buffer);
    // The builder's directory lies at the end; field 325 holds the lengths.
    const directory = view.getUint32(4, true);
    for (let entry = 0; entry < view.getUint16(directory, true); entry++) {
      const at = directory + 2 + entry * 12;
      if (view.getUint16(at, true) !== 325) continue;
      const from = view.getUint32(at + 8, true);
      for (let block = 0; block < view.getUint32(at + 4, true); block++) {
        lengths.push(view.getUint32(from + 4 * block, true));
      }
    }
    const across = Math.ceil(600 / 32);
    expect(lengths).toHaveLength(across * Math.ceil(500 / 16));
    const raster = await open(bytes, { cache: 0 });
    const random = createRandom(1);
    for (let count = 0; count < 60; count++) {
      const window = { x: random.integer(600 - 128), y: random.integer(500 - 128), width: 128, height: 128 };
      let touched = 0;
      for (let row = Math.floor(window.y / 16); row * 16 < window.y + 128; row++) {
        for (let column = Math.floor(window.x / 32); column * 32 < window.x + 128; column++) {
          touched += lengths[row * across + column]!;
        }
      }
      const before = raster.bytesRead;
      await raster.read(window);
      expect(raster.bytesRead - before).toBeLessThanOrEqual(touched);
      // Nothing is held back from one window to the next but the file's first 64 KB.
      expect(raster.bytesRead - before).toBeGreaterThanOrEqual(touched - 65_536);
    }
  });
});

describe("the block cache", () => {
  const bytes = buildTiff(spec({ compression: "none", width: 600, height: 500 }));
  /** Beyond the part of the file that is read when it is opened. */
  const inner = { x: 65, y: 401, width: 20, height: 10 };

  test("keeps blocks of which only a part was wanted", async () => {
    const raster = await open(bytes, { cache: 1 << 20 });
    await raster.read(inner);
    const before = raster.bytesRead;
    const again = await raster.read({ ...inner, x: 66, width: 19 });
    expect(raster.bytesRead).toBe(before);
    expect(again[2]![0]).toBe(value(66, 401, 2));
  });

  test("keeps none without capacity", async () => {
    const raster = await open(bytes, { cache: 0 });
    await raster.read(inner);
    const before = raster.bytesRead;
    await raster.read(inner);
    expect(raster.bytesRead).toBeGreaterThan(before);
  });

  test("is one budget for all rasters that share it, and forgets what was used longest ago", async () => {
    const blockBytes = 32 * 16 * 4 * 2;
    const cache = new BlockCache(4.5 * blockBytes);
    const [first, second] = [await open(bytes, { cache }), await open(bytes, { cache })];
    const block = (column: number) => ({ x: column * 32 + 1, y: 401, width: 3, height: 3 });
    await first.read(block(0));
    await first.read(block(1));
    await second.read(block(2));
    await first.read(block(0));
    for (const column of [5, 6]) await second.read(block(column));
    expect(cache.bytes).toBeLessThanOrEqual(4.5 * blockBytes);
    const cost = async (raster: typeof first, column: number) => {
      const before = raster.bytesRead;
      const planes = await raster.read(block(column));
      expect(planes[3]![4]).toBe(value(column * 32 + 2, 402, 3));
      return raster.bytesRead - before;
    };
    expect(await cost(first, 0)).toBe(0);
    expect(await cost(second, 2)).toBe(0);
    expect(await cost(first, 1)).toBe(blockBytes);
    await first.close();
    await second.close();
    expect(cache.bytes).toBe(0);
  });

  test("blocks are right when their memory is used again by many reads at once", async () => {
    const raster = await open(bytes, { cache: 3 * 32 * 16 * 8 });
    const random = createRandom(9);
    const windows = Array.from({ length: 80 }, () => randomWindow(random, 40, 30));
    const results = await Promise.all(windows.map((window) => raster.read(window, [1, 3])));
    for (const [index, { x, y, width }] of windows.entries()) {
      for (const [position, band] of [1, 3].entries()) {
        const plane = results[index]![position] as Uint16Array;
        const expected = Array.from(plane, (_, at) =>
          value(x + (at % width), y + Math.floor(at / width), band),
        );
        expect(Array.from(plane)).toEqual(expected);
      }
    }
  });
});

test("a raster that is closed waits for its reads", async () => {
  const raster = await openRaster(await scratchFile(buildTiff(spec({ width: 600, height: 500 }))));
  const reading = raster.read({ x: 0, y: 0, width: 600, height: 500 }, [0]);
  const [outcome] = await Promise.allSettled([reading, raster.close()]);
  if (outcome.status === "fulfilled") expect(outcome.value[0]![599]).toBe(value(599, 0, 0));
  else expect(outcome.reason).toMatchObject({ code: "unreadable-file" });
});

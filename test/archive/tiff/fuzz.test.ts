import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { inspectRaster } from "../../../src/archive/inspect.ts";
import { scratchFolder } from "./scratch.ts";
import { buildTiff, type TiffSpec } from "./tiff-builder.ts";

/** Rounds are counted, not timed: the same seed gives the same files on every machine. */
const ROUNDS = 4000;
const SEED = 20_261_121;

/** More than decoding any of these small files may keep. */
const MOST_BYTES = 600e6;

/** Values at which counts, sizes and types change their meaning. */
const TELLING = [0, 1, 2, 3, 4, 5, 7, 8, 12, 15, 16, 31, 32, 64, 127, 128, 254, 255];

const SPEC: TiffSpec = {
  ...{ width: 37, height: 23, samples: 2, bits: 16, rowsPerStrip: 6 },
  pattern: (x, y, sample) => BigInt((x * 100 + y * 7 + sample) & 0x7f),
};
const fax = (data: string) => () => new Uint8Array(Buffer.from(data, "base64"));
const smaller: TiffSpec = { ...SPEC, width: 18, height: 11, fields: { 254: { type: 4, values: [1] } } };

/** One small file of each kind that the reader knows. */
function originals(): Uint8Array[] {
  const spec = (more: Partial<TiffSpec>) => buildTiff({ ...SPEC, ...more });
  const schemes = (["none", "packbits", "lzw", "lzw-low-bit-first", "deflate", "zstd"] as const).flatMap(
    (compression) => [
      spec({ compression }),
      spec({ compression, bigTiff: true, bigEndian: true, planar: true, tile: [16, 16] }),
      spec({ compression, bits: 12 }),
      spec({
        compression,
        bits: 8,
        samples: 3,
        photometric: 6,
        fields: { 530: { type: 3, values: [1, 1] } },
      }),
    ],
  );
  return [
    ...schemes,
    spec({ compression: "deflate", predictor: 2 }),
    spec({ compression: "lzw", predictor: 3, bits: 32, format: 3 }),
    spec({ bits: 8, samples: 4, photometric: 5 }),
    spec({ bits: 8, samples: 3, photometric: 8 }),
    spec({ bits: 1, samples: 1, compressionCode: 4, encode: fax("OAPgeGyQHykDw1AAQAQ=") }),
    spec({ bits: 1, samples: 1, compressionCode: 3, encode: fax("ABNeOKOKOJwATVDqEOnQ6hDp0OoQ6dDocAE1") }),
    spec({ bits: 1, samples: 1, compressionCode: 2, encode: fax("NeOKOKOJwDVDqEOnQ6hDp0OoQ6dDocA1VrFa") }),
    spec({
      samples: 1,
      format: 2,
      photometric: 32844,
      compressionCode: 34676,
      encode: () => new Uint8Array(400).fill(163),
    }),
    spec({
      ...{ samples: 1, compressionCode: 34887, fields: { 50674: { type: 4, values: [4, 1] } } },
      encode: () =>
        deflateSync(
          Buffer.from("TGVyYzIgBAAAACN6tAEDAAAABQAAAAEAAAAPAAAACAAAAGkAAAADAAAAAAAAAAAA4D8AAAAA", "base64"),
        ),
    }),
    buildTiff(SPEC, [smaller]),
    spec({
      fields: {
        34735: { type: 3, values: [1, 1, 0, 2, 1024, 0, 1, 1, 3072, 0, 1, 32631] },
        42113: { type: 2, values: "7" },
      },
    }),
    spec({
      fields: {
        42112: {
          type: 2,
          values: '<GDALMetadata><Item name="D" sample="0" role="scale">2</Item></GDALMetadata>',
        },
      },
    }),
  ];
}

/** A linear congruential generator (Numerical Recipes). */
function randomNumbers(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test("whatever is damaged, the outcome is pixels or an error that says so", {
  timeout: 120_000,
}, async () => {
  const random = randomNumbers(SEED);
  const files = originals();
  const path = join(await scratchFolder(), "damaged.tif");
  const outcomes = new Map<string, number>();
  for (let round = 0; round < ROUNDS; round++) {
    const whole = files[random(files.length)]!.slice();
    for (let change = 0; change <= random(4); change++) {
      // Two thirds of the changes hit the directory, which lies at the end.
      const place =
        random(3) === 0 ? random(whole.length) : whole.length - 1 - random(Math.min(300, whole.length));
      whole[place] = random(2) === 0 ? TELLING[random(TELLING.length)]! : random(256);
    }
    await writeFile(path, random(8) === 0 ? whole.subarray(0, random(whole.length)) : whole);
    const found = await inspectRaster(path, { pixels: true });
    const outcome = "error" in found ? found.error.code : "pixels";
    if ("error" in found) {
      expect(
        ["corrupt-raster", "unsupported-raster", "raster-too-large"],
        `round ${round}: ${found.error.message}`,
      ).toContain(outcome);
    }
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }
  expect(process.memoryUsage().rss).toBeLessThan(MOST_BYTES);
  // Enough of both, or the damage is too coarse or too fine to test anything.
  expect(outcomes.get("pixels")).toBeGreaterThan(ROUNDS / 10);
  expect(outcomes.get("corrupt-raster")).toBeGreaterThan(ROUNDS / 10);
});

import { describe, expect, it } from "vitest";
import { planBanks, TURNS } from "../../../src/engine/encoders/rcf/banks.ts";
import { bankFeatures, sortTurns } from "../../../src/engine/encoders/rcf/features.ts";
import { drawFilters } from "../../../src/engine/encoders/rcf/filters.ts";
import { whitenRows } from "../../../src/engine/encoders/rcf/whitening.ts";
import { QUIET_WORK } from "../../../src/engine/work.ts";
import { createRandom } from "../../../src/shared/random.ts";
import { tf } from "../fixture.ts";

const random = createRandom(2);
const side = 20;
const bands = 2;
const image = Float32Array.from(
  { length: side * side * bands },
  (_, i) => random.normal() + (i % 7 > 3 ? 1 : 0),
);
const bank = { kernel: 5, filters: 2 * TURNS, shrink: 1, stride: 1 };

describe("random convolutional features", () => {
  it("are the same for a patch turned by a quarter circle", async () => {
    const filters = await drawFilters(tf, [{ values: image, side, bands }], bank, random, QUIET_WORK);
    const turned = new Float32Array(image.length);
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        for (let b = 0; b < bands; b++) {
          turned[(x * side + (side - 1 - y)) * bands + b] = image[(y * side + x) * bands + b]!;
        }
      }
    }
    const features = [image, turned].map((values) => {
      const pooled = tf.tidy(() => {
        const batch = tf.tensor4d(values, [1, side, side, bands]);
        const kernels = tf.tensor4d(filters, [bank.kernel, bank.kernel, bands, bank.filters]);
        return bankFeatures(tf, batch, kernels, bank).dataSync<"float32">();
      });
      sortTurns(pooled, bank);
      return pooled;
    });
    features[0]?.forEach((value, i) => void expect(features[1]?.[i]).toBeCloseTo(value, 3));
  });

  it("are the logarithm of what plain loops pool of the rectified responses", async () => {
    const filters = await drawFilters(tf, [{ values: image, side, bands }], bank, random, QUIET_WORK);
    const pooled = tf.tidy(() =>
      bankFeatures(
        tf,
        tf.tensor4d(image, [1, side, side, bands]),
        tf.tensor4d(filters, [5, 5, bands, bank.filters]),
        bank,
      ).dataSync<"float32">(),
    );
    for (const [sign, block] of [
      [1, 0],
      [-1, 3],
    ] as const) {
      for (let f = 0; f < bank.filters; f++) {
        const responses: number[] = [];
        for (let y = 0; y <= side - 5; y++) {
          for (let x = 0; x <= side - 5; x++) {
            let sum = 0;
            for (let i = 0; i < 25 * bands; i++) {
              const [row, column, b] = [Math.floor(i / (5 * bands)), Math.floor(i / bands) % 5, i % bands];
              sum += image[((y + row) * side + x + column) * bands + b]! * filters[i * bank.filters + f]!;
            }
            responses.push(Math.max(0, sign * sum - 0.5));
          }
        }
        const mean = responses.reduce((sum, value) => sum + value, 0) / responses.length;
        const variance = responses.reduce((sum, value) => sum + (value - mean) ** 2, 0) / responses.length;
        const expected = [mean, Math.sqrt(variance), Math.max(...responses)];
        expected.forEach((value, pool) => {
          expect(pooled[(block + pool) * bank.filters + f]).toBeCloseTo(Math.log(value + 1e-3), 2);
        });
      }
    }
  });

  it("whiten: the whitened rows have unit covariance where they vary", async () => {
    const count = 500;
    const rows = Float32Array.from({ length: count * 3 }, () => random.normal());
    for (let row = 0; row < count; row++) rows[row * 3 + 1] = 4 * rows[row * 3]! + rows[row * 3 + 1]!;
    const white = await whitenRows(tf, rows, 3, QUIET_WORK);
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++) {
        let sum = 0;
        for (let row = 0; row < count; row++) sum += white[row * 3 + i]! * white[row * 3 + j]!;
        expect(sum / count).toBeCloseTo(i === j ? 1 : 0, 1);
      }
    }
  });
});

describe("planBanks", () => {
  it.each([
    [256, 3],
    [64, 13],
    [64, 1],
    [120, 12],
  ])("fits images of %i px with %i bands", (width, count) => {
    for (const planned of planBanks(512, width, count)) {
      expect(planned.kernel).toBeLessThanOrEqual(Math.floor(width / planned.shrink));
      expect(planned.kernel ** 2 * count).toBeLessThanOrEqual(400);
      expect(planned.filters % TURNS).toBe(0);
    }
  });
});

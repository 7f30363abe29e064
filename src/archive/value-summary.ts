import { QUANTILE_SHARES } from "../shared/display/quantiles.ts";
import type { BandStatistics } from "../shared/domain/imagery.ts";
import { percentile, spreadSample } from "./sample-values.ts";

/** Running figures of the values of one band or index. */
export class ValueSummary {
  readonly name: string;
  #count = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;
  #mean = 0;
  /** Sum of squared deviations from the mean. */
  #squares = 0;
  readonly #kept: Float32Array[] = [];

  constructor(name: string) {
    this.name = name;
  }

  /**
   * Adds the valid values of one patch, of which at most `keep` go into the percentiles. Mean and deviation
   * are merged by Chan's formula (Chan et al. 1979), so that large values lose no precision.
   */
  add(values: Float32Array, keep: number): void {
    const count = values.length;
    if (count === 0) return;
    let sum = 0;
    let min = this.#min;
    let max = this.#max;
    for (let i = 0; i < count; i++) {
      const value = values[i]!;
      sum += value;
      if (value < min) min = value;
      if (value > max) max = value;
    }
    this.#min = min;
    this.#max = max;
    const mean = sum / count;
    let squares = 0;
    for (let i = 0; i < count; i++) {
      const deviation = values[i]! - mean;
      squares += deviation * deviation;
    }
    const total = this.#count + count;
    const delta = mean - this.#mean;
    this.#mean += (delta * count) / total;
    this.#squares += squares + (delta * delta * this.#count * count) / total;
    this.#count = total;
    this.#kept.push(spreadSample(values, keep));
  }

  /** Null without a single value. */
  result(): BandStatistics | null {
    if (this.#count === 0) return null;
    const sorted = new Float32Array(this.#kept.reduce((sum, part) => sum + part.length, 0));
    let offset = 0;
    for (const part of this.#kept) {
      sorted.set(part, offset);
      offset += part.length;
    }
    sorted.sort();
    return {
      name: this.name,
      min: this.#min,
      max: this.#max,
      mean: this.#mean,
      standardDeviation: Math.sqrt(this.#squares / this.#count),
      p2: percentile(sorted, 0.02),
      p98: percentile(sorted, 0.98),
      quantiles: QUANTILE_SHARES.map((share) => {
        // The ends are known of all values, not only of those that were kept.
        if (share === 0) return this.#min;
        return share === 1 ? this.#max : percentile(sorted, share);
      }),
      count: this.#count,
    };
  }
}

import type { Channel } from "./composites/index.ts";
import type { PatchPixels } from "./patch-reader.ts";

/** The bands that some channels are made of, each once. */
export function bandsOf(channels: readonly Channel[]): string[] {
  return [...new Set(channels.flatMap(({ bands }) => [...bands]))];
}

/**
 * The values of each channel, one a pixel, in the order of the channels.
 * @param pixels of the bands `bandsOf(channels)`, in that order
 */
export function channelValues(channels: readonly Channel[], { planes }: PatchPixels): Float32Array[] {
  const names = bandsOf(channels);
  const planeOf = (name: string) => planes[names.indexOf(name)] ?? new Float32Array(0);
  return channels.map(({ bands: [first, second] }) =>
    second === undefined ? planeOf(first) : normalisedDifference(planeOf(first), planeOf(second)),
  );
}

/** (a − b) / (a + b), 0 where both are 0. */
export function normalisedDifference(a: Float32Array, b: Float32Array): Float32Array {
  return a.map((value, i) => {
    const sum = value + b[i]!;
    return sum === 0 ? 0 : (value - b[i]!) / sum;
  });
}

type Color = readonly [red: number, green: number, blue: number];

/** Stops of the vegetation map: index value and colour. Quiet, and readable without telling red from green. */
const INDEX_STOPS: readonly (readonly [number, Color])[] = [
  [-1, [30, 52, 84]],
  [-0.3, [62, 99, 140]],
  [-0.05, [164, 184, 197]],
  [0.05, [232, 226, 213]],
  [0.2, [219, 203, 160]],
  [0.4, [172, 186, 112]],
  [0.6, [98, 148, 76]],
  [0.8, [38, 104, 57]],
  [1, [14, 62, 40]],
];

const STEPS = 512;

function colorAt(value: number): Color {
  const above = INDEX_STOPS.findIndex(([stop]) => stop >= value);
  const [highStop, high] = INDEX_STOPS[Math.max(1, above)] ?? [1, [0, 0, 0]];
  const [lowStop, low] = INDEX_STOPS[Math.max(1, above) - 1] ?? [-1, [0, 0, 0]];
  const share = (value - lowStop) / (highStop - lowStop);
  const mix = (channel: 0 | 1 | 2) => Math.round(low[channel] + share * (high[channel] - low[channel]));
  return [mix(0), mix(1), mix(2)];
}

const TABLE = Uint8Array.from(
  Array.from({ length: STEPS }, (_, step) => colorAt(-1 + (2 * step) / (STEPS - 1))).flat(),
);

/** Paints index values from −1 to 1 into the colour channels of an RGBA picture. */
export function paintIndex(values: Float32Array, rgba: Uint8Array): void {
  for (let i = 0; i < values.length; i++) {
    const value = Math.max(-1, Math.min(1, values[i]!));
    const step = 3 * Math.round(((value + 1) / 2) * (STEPS - 1));
    rgba[4 * i] = TABLE[step]!;
    rgba[4 * i + 1] = TABLE[step + 1]!;
    rgba[4 * i + 2] = TABLE[step + 2]!;
  }
}

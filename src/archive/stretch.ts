import type { ColorMapId } from "../shared/display/color-maps.ts";
import { colorTable } from "../shared/display/color-maps.ts";
import type { DisplayRange } from "../shared/display/stretch.ts";

const CURVE_STEPS = 4096;

let lastCurve: { readonly gamma: number; readonly levels: Uint8Array } | null = null;

/**
 * Brightness (0–255) over the stretched range in 4,096 steps; gamma above 1 brightens. The last one is kept: the
 * pictures of a grid have all the same, and making it takes longer than painting a patch.
 */
export function gammaCurve(gamma: number): Uint8Array {
  if (lastCurve?.gamma === gamma) return lastCurve.levels;
  const levels = new Uint8Array(CURVE_STEPS);
  for (let step = 0; step < CURVE_STEPS; step++) {
    levels[step] = Math.round(255 * (step / (CURVE_STEPS - 1)) ** (1 / gamma));
  }
  lastCurve = { gamma, levels };
  return levels;
}

/** Stretches a plane into one channel of an RGBA picture. A band of one value is mid-grey. */
export function paintChannel(
  plane: Float32Array,
  { low, high }: DisplayRange,
  curve: Uint8Array,
  rgba: Uint8Array,
  channel: number,
): void {
  const scale = high > low ? (CURVE_STEPS - 1) / (high - low) : 0;
  const flat = (CURVE_STEPS - 1) / 2;
  for (let i = 0, to = channel; i < plane.length; i++, to += 4) {
    const step = scale === 0 ? flat : (plane[i]! - low) * scale;
    // NaN fails both comparisons and lands on 0; such pixels are transparent anyway.
    rgba[to] = curve[step >= CURVE_STEPS - 1 ? CURVE_STEPS - 1 : step > 0 ? (step + 0.5) | 0 : 0]!;
  }
}

/** Stretches a plane and colours it through a map, into the colour channels of an RGBA picture. */
export function paintMapped(
  plane: Float32Array,
  range: DisplayRange,
  curve: Uint8Array,
  colorMap: ColorMapId,
  rgba: Uint8Array,
): void {
  paintChannel(plane, range, curve, rgba, 0);
  const table = colorTable(colorMap);
  for (let i = 0; i < rgba.length; i += 4) {
    const color = 3 * rgba[i]!;
    rgba[i] = table[color]!;
    rgba[i + 1] = table[color + 1]!;
    rgba[i + 2] = table[color + 2]!;
  }
}

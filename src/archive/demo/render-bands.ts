import type { Random } from "../../shared/random.ts";
import { createAtmosphere } from "./atmosphere.ts";
import type { Land } from "./land.ts";
import { normalTable } from "./noise.ts";
import { blockMeans, blur, enlarge } from "./optics.ts";
import type { SceneRecipe } from "./recipes.ts";
import { DEMO_PIXEL } from "./recipes.ts";
import { bandReflectances, DEMO_BANDS } from "./spectra.ts";
import type { Surface } from "./surface.ts";

/** Rows of the table of segment tints; a power of two, so that a segment's key can be masked. */
const TINTS = 1024;
/** How far the spectrum of one field or stand departs from its class's, as a standard deviation of its logarithm. */
const TINT_STRENGTH = 0.04;
/** Sensor noise: a fixed part and a part relative to the signal, in reflectance. */
const NOISE_FLOOR = 0.0012;
const NOISE_GAIN = 0.012;

/**
 * Smooth random factors over the spectrum, one row of `DEMO_BANDS.length` a tint: a level, a slope and a
 * bend for the visible, the red edge and the short waves, so that neighbouring bands vary together.
 */
function segmentTints(random: Random): Float32Array {
  const bands = DEMO_BANDS.length;
  const tints = new Float32Array(TINTS * bands);
  for (let tint = 0; tint < TINTS; tint++) {
    const [level, slope, bend, edge] = [random.normal(), random.normal(), random.normal(), random.normal()];
    for (let band = 0; band < bands; band++) {
      const t = (2 * band) / (bands - 1) - 1;
      const nearInfrared = band >= 5 && band <= 9 ? 1 : 0;
      const shape =
        0.6 * level + 0.7 * slope * t + 0.5 * bend * (1.5 * t * t - 0.5) + 0.6 * edge * nearInfrared;
      tints[tint * bands + band] = Math.exp(TINT_STRENGTH * shape);
    }
  }
  return tints;
}

/**
 * The bands of a scene as the sensor delivers them, in the order of `DEMO_BANDS`: reflectance × 10,000 as
 * uint16, at least 1 (0 is nodata). Bands of 20 m and 60 m are averaged to their native pixels and
 * resampled back, so they are smoother, as in products put on one 10 m grid.
 *
 * A generator, so that a caller can let other work run between bands.
 */
export function* renderBands(
  land: Land,
  surface: Surface,
  recipe: SceneRecipe,
  random: Random,
): Generator<Uint16Array> {
  const { width, height, segment } = land;
  const size = width * height;
  const tints = segmentTints(random.fork("tints"));
  const air = createAtmosphere(recipe, width, height, random.fork("air"));
  const deviates = normalTable(random.fork("noise"));
  const offsets = random.fork("offsets");

  for (let band = 0; band < DEMO_BANDS.length; band++) {
    const reflectance = bandReflectances(band);
    const light = new Float32Array(size);
    const transmission = air.transmission[band]!;
    const path = air.path[band]!;
    for (let i = 0; i < size; i++) {
      const mix = surface.mix[i]!;
      const pure = (1 - mix) * reflectance[surface.first[i]!]! + mix * reflectance[surface.second[i]!]!;
      const tint = tints[(segment[i]! & (TINTS - 1)) * DEMO_BANDS.length + band]!;
      light[i] = pure * tint * surface.brightness[i]! * transmission + path * (1 + air.haze[i]!);
    }
    blur(light, width, height, 0.15);

    const factor = DEMO_BANDS[band]!.resolution / DEMO_PIXEL;
    const native = factor === 1 ? { width, height, values: light } : blockMeans(light, width, height, factor);
    for (let row = 0; row < native.height; row++) {
      const start = offsets.integer(deviates.length - native.width);
      for (let column = 0; column < native.width; column++) {
        const i = row * native.width + column;
        const value = native.values[i]!;
        native.values[i] = value + (NOISE_FLOOR + NOISE_GAIN * value) * deviates[start + column]!;
      }
    }
    const fine = factor === 1 ? light : enlarge(native, width, height, factor);
    const counts = new Uint16Array(size);
    for (let i = 0; i < size; i++) counts[i] = Math.max(1, Math.round(fine[i]! * 10_000));
    yield counts;
  }
}

import type { Random } from "../../shared/random.ts";
import { fractalNoise } from "./noise.ts";
import type { SceneRecipe } from "./recipes.ts";
import { DEMO_BANDS } from "./spectra.ts";

/** How the air of one scene changes each band: reflectance × transmission + path × (1 + haze). */
export interface Atmosphere {
  /** Per band, 0 to 1; low in the water-vapour bands B09 and B10. */
  readonly transmission: Float32Array;
  /** Light scattered by the air itself, per band, as reflectance. */
  readonly path: Float32Array;
  /** Per pixel: extra haze relative to clear air, 0 or more. */
  readonly haze: Float32Array;
}

const VAPOUR: Readonly<Record<string, number>> = { B09: 0.42, B10: 0.012 };

/** Rayleigh-like scattering that falls with the third power of the wavelength, and drifting haze. */
export function createAtmosphere(
  recipe: SceneRecipe,
  width: number,
  height: number,
  random: Random,
): Atmosphere {
  const drift = fractalNoise(width, height, { cell: 260, octaves: 4, gain: 0.45 }, random.fork("haze"));
  const tilt = random.next() * 2 * Math.PI;
  const haze = drift.map((value, i) => {
    const x = (i % width) / width - 0.5;
    const y = Math.floor(i / width) / height - 0.5;
    const gradient = Math.cos(tilt) * x + Math.sin(tilt) * y;
    return recipe.haze * Math.max(0, 0.9 + 0.45 * value + 0.9 * gradient);
  });
  return {
    transmission: Float32Array.from(DEMO_BANDS, ({ name, wavelength }) => {
      return (VAPOUR[name] ?? 1) * (1 - 0.1 * (443 / wavelength) ** 2);
    }),
    path: Float32Array.from(DEMO_BANDS, ({ name, wavelength }) => {
      return name === "B10" ? 0.0012 : 0.034 * (443 / wavelength) ** 3.2;
    }),
    haze,
  };
}

import type { PatchReader } from "../../archive/patch-reader.ts";
import { validValues } from "../../archive/sample-values.ts";
import type { Scene } from "../../shared/domain/imagery.ts";
import type { PixelWindow } from "../../shared/raster.ts";

export interface BandProfile {
  readonly name: string;
  readonly mean: number;
  /** Of the population. */
  readonly standardDeviation: number;
}

/** Mean and deviation of each band over a patch's valid pixels, in sample values; bands without any are left out. */
export async function bandProfile(
  reader: Pick<PatchReader, "read">,
  scene: Scene,
  window: PixelWindow,
): Promise<BandProfile[]> {
  const { planes, valid } = await reader.read(scene, window);
  return scene.bands.flatMap(({ name }, index) => {
    const values = validValues(planes[index] ?? new Float32Array(0), valid);
    if (values.length === 0) return [];
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    return [{ name, mean, standardDeviation: Math.sqrt(variance) }];
  });
}

import type { Scene } from "../shared/domain/imagery.ts";

const HIGHEST: Readonly<Record<string, number>> = { uint8: 255, uint16: 65535, uint32: 4294967295 };

/**
 * Whether a pixel without data must have the nodata value in every band. 0 and an unsigned type's highest
 * value are also measured (dark water, clouds), so one band alone says nothing; values such as −9999 are
 * never measured, so one band suffices.
 */
export function needsAllBands(scene: Pick<Scene, "nodata" | "dtype">): boolean {
  return scene.nodata === 0 || (scene.nodata !== null && scene.nodata === HIGHEST[scene.dtype]);
}

/**
 * Validity of a patch's pixels over the bands that were read: 1 where there is data, 0 where NaN stands in
 * any band or nodata stands as `needsAllBands` says; null when every pixel is valid.
 *
 * @param isDecoded true where nodata has become NaN already (see `bandValues`)
 */
export function validPixels(
  planes: readonly Float32Array[],
  scene: Pick<Scene, "nodata" | "dtype">,
  isDecoded = false,
): Uint8Array | null {
  const [first] = planes;
  if (!first || (scene.nodata === null && !scene.dtype.startsWith("float"))) return null;
  const pixels = first.length;
  const bandsMissing = new Uint16Array(pixels);
  const threshold = needsAllBands(scene) ? planes.length : 1;
  // Planes hold 32-bit floats, so the nodata value is compared in the same precision.
  const nodata = scene.nodata === null || isDecoded ? Number.NaN : Math.fround(scene.nodata);
  for (const plane of planes) {
    for (let i = 0; i < pixels; i++) {
      const value = plane[i]!;
      if (value === nodata) bandsMissing[i]!++;
      else if (Number.isNaN(value)) bandsMissing[i] = isDecoded ? bandsMissing[i]! + 1 : threshold;
    }
  }
  let valid: Uint8Array | null = null;
  for (let i = 0; i < pixels; i++) {
    if (bandsMissing[i]! < threshold) continue;
    valid ??= new Uint8Array(pixels).fill(1);
    valid[i] = 0;
  }
  return valid;
}

/** Both: null stands for pixels that are all valid. */
export function bothValid(valid: Uint8Array | null, other: Uint8Array | null): Uint8Array | null {
  if (valid === null || other === null) return valid ?? other;
  return valid.map((flag, i) => flag & other[i]!);
}

/** Validity by an alpha band or a mask: 0 is no data. Null when every pixel is valid. */
export function opaquePixels(alpha: Float32Array): Uint8Array | null {
  if (alpha.every((value) => value !== 0)) return null;
  return Uint8Array.from(alpha, (value) => (value === 0 ? 0 : 1));
}

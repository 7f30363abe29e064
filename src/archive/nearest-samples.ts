import type { Raster, Rectangle } from "./tiff/raster.ts";

/**
 * For each of `width × height` places in a part of a raster the sample of the pixel in its middle, of a band or of the
 * file's mask: for flags, classes and masks, which have no means. Null for the mask of a file without one.
 *
 * @param part inside the raster; its corners may lie within pixels
 */
export async function nearestSamples(
  raster: Raster,
  band: number | "mask",
  part: Rectangle,
  width: number,
  height: number,
): Promise<Float32Array | null> {
  const across = Math.max(1, Math.min(width, Math.floor(part.width)));
  const down = Math.max(1, Math.min(height, Math.floor(part.height)));
  if (across === width && down === height && part.width >= 1 && part.height >= 1) {
    return read(raster, band, part, width, height);
  }
  const x = Math.floor(part.x);
  const y = Math.floor(part.y);
  const whole = {
    x,
    y,
    width: Math.max(1, Math.min(raster.info.width, Math.ceil(part.x + part.width)) - x),
    height: Math.max(1, Math.min(raster.info.height, Math.ceil(part.y + part.height)) - y),
  };
  const samples = await read(raster, band, whole, whole.width, whole.height);
  if (!samples) return null;
  const result = new Float32Array(width * height);
  for (let row = 0; row < height; row++) {
    const fromRow = pick(part.y - y + ((row + 0.5) * part.height) / height, whole.height) * whole.width;
    for (let column = 0; column < width; column++) {
      const fromColumn = pick(part.x - x + ((column + 0.5) * part.width) / width, whole.width);
      result[row * width + column] = samples[fromRow + fromColumn]!;
    }
  }
  return result;
}

function pick(position: number, length: number): number {
  return Math.max(0, Math.min(length - 1, Math.floor(position)));
}

async function read(
  raster: Raster,
  band: number | "mask",
  part: Rectangle,
  width: number,
  height: number,
): Promise<Float32Array | null> {
  if (band === "mask") return raster.readMask(part, width, height);
  const { planes } = await raster.readDecimated(part, width, height, { bands: [band], method: "nearest" });
  return planes[0] ?? null;
}

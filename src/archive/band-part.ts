import type { Scene, ScenePlace } from "../shared/domain/imagery.ts";
import type { PixelWindow } from "../shared/raster.ts";
import type { Rectangle } from "./tiff/raster.ts";

/** A file's pixels under a scene: all of them, or the part that `place` says. */
interface PlacedFile {
  readonly width: number;
  readonly height: number;
  readonly place?: ScenePlace | undefined;
}

/** The part of a file that makes up a window of the scene. */
export interface CoveringPart {
  /** In the file's pixels; it may hang over the edge where the scene does. */
  readonly exact: Rectangle;
  /** Whole pixels inside the file that cover it, with those beyond its rim that interpolation looks at. */
  readonly window: PixelWindow;
  /** Whether the output is just those pixels. */
  readonly isPlain: boolean;
}

export function coveringPart(
  scene: Pick<Scene, "width" | "height">,
  window: PixelWindow,
  file: PlacedFile,
  width: number,
  height: number,
): CoveringPart {
  const place = file.place ?? { x: 0, y: 0, width: file.width, height: file.height };
  const scaleX = place.width / scene.width;
  const scaleY = place.height / scene.height;
  const exact = {
    x: place.x + window.x * scaleX,
    y: place.y + window.y * scaleY,
    width: window.width * scaleX,
    height: window.height * scaleY,
  };
  const isUnscaled = scaleX === 1 && scaleY === 1 && width === window.width && height === window.height;
  if (isUnscaled && isInside(exact, file)) return { exact, window: exact, isPlain: true };
  // Interpolation at the rim looks one pixel beyond it.
  const margin = scaleX < 1 || scaleY < 1 ? 1 : 0;
  const x = within(Math.floor(exact.x) - margin, 0, file.width - 1);
  const y = within(Math.floor(exact.y) - margin, 0, file.height - 1);
  const right = within(Math.ceil(exact.x + exact.width) + margin, x + 1, file.width);
  const bottom = within(Math.ceil(exact.y + exact.height) + margin, y + 1, file.height);
  return { exact, window: { x, y, width: right - x, height: bottom - y }, isPlain: false };
}

/** What of a part lies inside the file; at the least the pixel next to it. */
export function clipped(
  part: Rectangle,
  { width, height }: { readonly width: number; readonly height: number },
): Rectangle {
  const x = within(part.x, 0, width - 1);
  const y = within(part.y, 0, height - 1);
  const right = within(part.x + part.width, Math.min(width, x + 1e-3), width);
  const bottom = within(part.y + part.height, Math.min(height, y + 1e-3), height);
  return { x, y, width: right - x, height: bottom - y };
}

function isInside({ x, y, width, height }: Rectangle, file: PlacedFile): boolean {
  return x >= 0 && y >= 0 && x + width <= file.width && y + height <= file.height;
}

function within(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

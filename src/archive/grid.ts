import type { Grid, Scene } from "../shared/domain/imagery.ts";
import { DEFAULT_GRID } from "../shared/domain/imagery.ts";
import { FieldmarkError } from "../shared/errors.ts";
import type { PixelWindow } from "../shared/raster.ts";
import type { PatchReader } from "./patch-reader.ts";
import { sensorById } from "./sensors/index.ts";
import { needsAllBands } from "./validity.ts";

/** Files up to this side are taken for patches when nearly all have about the same size. */
const LARGEST_WHOLE_PATCH = 512;
const NEARLY_ALL = 0.9;
/** "About one size": each side within this share of the median. */
const SIZE_TOLERANCE = 0.15;
/** A scene up to this many times the patch size in both directions is one patch. */
const ONE_PATCH_FACTOR = 1.5;
/** Beyond this many patches a scene's stride was a slip; the list alone would fill the memory. */
const MOST_PATCHES_A_SCENE = 2_000_000;

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/**
 * A grid that suits the scenes: whole files when nearly all have about one size of at most 512 pixels,
 * else square windows of the size that suits the most frequent sensor.
 */
export function suggestGrid(scenes: readonly Scene[]): Grid {
  const width = median(scenes.map((scene) => scene.width));
  const height = median(scenes.map((scene) => scene.height));
  const alike = scenes.filter(
    (scene) =>
      Math.max(scene.width, scene.height) <= LARGEST_WHOLE_PATCH &&
      Math.abs(scene.width - width) <= SIZE_TOLERANCE * width &&
      Math.abs(scene.height - height) <= SIZE_TOLERANCE * height,
  );
  if (alike.length >= NEARLY_ALL * scenes.length) return DEFAULT_GRID;
  const counts = new Map<Scene["sensor"], number>();
  for (const { sensor } of scenes) counts.set(sensor, (counts.get(sensor) ?? 0) + 1);
  const [[sensor] = ["unknown" as const]] = [...counts].toSorted((a, b) => b[1] - a[1]);
  return { ...DEFAULT_GRID, patchSize: sensorById(sensor).patchSize };
}

/**
 * The windows of a scene under a grid, row by row, in the scene's pixels. Windows that hang over the right
 * or lower edge are left out ("drop") or moved back inside ("shift"). A scene no larger than 1.5 times the
 * patch size in both directions is one patch; so is every scene under "whole". A scene narrower than the
 * patch size gives windows of its own width under "shift" and none under "drop".
 *
 * @throws FieldmarkError `invalid-input` when that would be more than two million windows
 */
export function cutScene(scene: Pick<Scene, "width" | "height">, grid: Grid): PixelWindow[] {
  const { width, height } = scene;
  const size = grid.patchSize;
  if (size === "whole" || Math.max(width, height) <= ONE_PATCH_FACTOR * size) {
    return [{ x: 0, y: 0, width, height }];
  }
  const stride = grid.stride ?? size;
  const columns = offsets(width, size, stride, grid.edges);
  const rows = offsets(height, size, stride, grid.edges);
  const patches = columns.length * rows.length;
  if (patches > MOST_PATCHES_A_SCENE) {
    throw new FieldmarkError(
      "invalid-input",
      `A stride of ${stride} pixels would cut a scene of ${width} × ${height} pixels into ${patches} patches, more than ${MOST_PATCHES_A_SCENE}. Choose a larger stride.`,
      { details: { stride, patches } },
    );
  }
  return rows.flatMap((y) =>
    columns.map((x) => ({ x, y, width: Math.min(size, width), height: Math.min(size, height) })),
  );
}

function offsets(length: number, size: number, stride: number, edges: Grid["edges"]): number[] {
  const inside: number[] = [];
  for (let offset = 0; offset + size <= length; offset += stride) inside.push(offset);
  const last = inside.at(-1);
  if (edges === "drop") return inside;
  if (last === undefined) return [0];
  const hangsOver = last + stride < length && last + size < length;
  return hangsOver ? [...inside, length - size] : inside;
}

/** A patch's name: the scene's, with the window's corner unless the window is the whole scene. */
export function patchName(scene: Pick<Scene, "name" | "width" | "height">, window: PixelWindow): string {
  const whole = window.width === scene.width && window.height === scene.height;
  return whole ? scene.name : `${scene.name}@${window.x}_${window.y}`;
}

/**
 * Share (0–1) of a window's pixels that hold no data: the scene's nodata value, NaN, or transparent ones. Reads pixels
 * only where there can be such: of one band first, and of the others when that one has any.
 */
export async function nodataShare(
  reader: Pick<PatchReader, "read">,
  scene: Scene,
  window: PixelWindow,
): Promise<number> {
  const canBeNan = scene.dtype.startsWith("float");
  if (scene.nodata === null && !canBeNan && !scene.alpha) return 0;
  const [first] = scene.bands;
  // The reader looks at the other bands by itself where the first one has the value.
  const one =
    first && !canBeNan && (scene.nodata === null || needsAllBands(scene)) ? { bands: [first.name] } : {};
  const { valid } = await reader.read(scene, window, one);
  if (!valid) return 0;
  let missing = 0;
  for (const flag of valid) if (flag === 0) missing++;
  return missing / valid.length;
}

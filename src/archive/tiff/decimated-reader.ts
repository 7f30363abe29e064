import type { PixelWindow, SampleArray } from "../../shared/raster.ts";
import type { BlockReader } from "./block-reader.ts";
import type { Layout } from "./layout.ts";
import { areaMean, nearest, type ReductionPlan } from "./reduction.ts";
import { PHOTOMETRIC } from "./tags.ts";
import type { WindowReader } from "./window-reader.ts";

/** How several pixels become one. */
export type ReductionMethod = "mean" | "nearest";

/** About so many bytes of full-resolution samples are held at a time, or one block where that is larger. */
const PIECE_BYTES = 8 << 20;

/** Numbers that stand for colours, classes or yes and no have no mean. */
export function naturalMethod({ photometric, bitsPerSample }: Layout): ReductionMethod {
  const coded = photometric === PHOTOMETRIC.palette || photometric === PHOTOMETRIC.mask;
  return coded || bitsPerSample === 1 ? "nearest" : "mean";
}

/** Reads a part of an image piece by piece into smaller planes, one a band. Memory does not grow with the part. */
export async function readReduced(
  windows: WindowReader,
  blocks: BlockReader,
  plan: ReductionPlan,
  bands: readonly number[],
  method: ReductionMethod,
  nodata: number | null,
): Promise<Float32Array[]> {
  const reductions = bands.map(() => (method === "nearest" ? nearest(plan) : areaMean(plan, nodata)));
  let planes: SampleArray[] | undefined;
  for (const piece of pieces(blocks.layout, plan, bands.length, method)) {
    if (!reductions[0]?.needs(piece)) continue;
    const fits = planes?.[0]?.length === piece.width * piece.height;
    planes = await windows.read(piece, bands, fits ? planes : undefined);
    for (const [index, plane] of planes.entries()) reductions[index]!.add(asFloats(plane), piece);
  }
  return reductions.map((reduction) => reduction.finish());
}

/** Cuts the part into pieces that end where blocks end, so that no block is decoded twice. */
function* pieces(
  layout: Layout,
  { rectangle, available, width, height }: ReductionPlan,
  bands: number,
  method: ReductionMethod,
): Generator<PixelWindow> {
  const left = Math.max(0, Math.floor(rectangle.x));
  const top = Math.max(0, Math.floor(rectangle.y));
  const right = Math.min(available.width, Math.ceil(rectangle.x + rectangle.width));
  const bottom = Math.min(available.height, Math.ceil(rectangle.y + rectangle.height));
  const { blockWidth, blockHeight } = layout;
  const blockBytes = blockWidth * blockHeight * bands * Math.max(1, layout.bitsPerSample / 8);
  // Where whole blocks lie between the pixels that are picked, it must be possible to leave them out.
  const isSparse =
    method === "nearest" && (rectangle.width > width * blockWidth || rectangle.height > height * blockHeight);
  const blocksAtOnce = isSparse ? 1 : Math.max(1, Math.floor(PIECE_BYTES / blockBytes));
  const blocksWide = Math.min(blocksAtOnce, Math.ceil((right - left) / blockWidth) + 1);
  const blocksHigh = Math.max(1, Math.floor(blocksAtOnce / blocksWide));
  for (let y = top; y < bottom; ) {
    const below = Math.min(bottom, (Math.floor(y / blockHeight) + blocksHigh) * blockHeight);
    for (let x = left; x < right; ) {
      const beyond = Math.min(right, (Math.floor(x / blockWidth) + blocksWide) * blockWidth);
      yield { x, y, width: beyond - x, height: below - y };
      x = beyond;
    }
    y = below;
  }
}

function asFloats(samples: SampleArray): Float32Array {
  if (samples instanceof Float32Array) return samples;
  if (samples instanceof BigUint64Array || samples instanceof BigInt64Array)
    return Float32Array.from(samples, Number);
  return new Float32Array(samples);
}

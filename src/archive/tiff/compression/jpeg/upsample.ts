import { unsupported } from "../../faults.ts";
import type { Component, Frame } from "./frame.ts";

/** A component's samples at the size of the image. */
export interface Plane {
  readonly samples: Uint8Array;
  readonly stride: number;
}

/** Fewer columns than this are repeated instead of interpolated, as in libjpeg. */
const LEAST_COLUMNS = 3;

/**
 * Brings a component to the frame's size: ratios of 2 by libjpeg's triangle filter ("fancy upsampling"), others by
 * repetition. The image's last real row and column stand in for those beyond it.
 */
export function upsample(plane: Plane, component: Component, frame: Frame): Plane {
  const across = frame.maxHorizontal / component.horizontal;
  const down = frame.maxVertical / component.vertical;
  if (across === 1 && down === 1) return plane;
  if (!Number.isInteger(across) || !Number.isInteger(down)) {
    throw unsupported("its JPEG data use fractional chroma subsampling, which is not supported");
  }
  const smooth = component.width >= LEAST_COLUMNS;
  if (across === 2 && down === 1 && smooth) return doubleColumns(plane, component);
  if (across === 2 && down === 2 && smooth) return doubleBoth(plane, component);
  if (across === 1 && down === 2) return doubleRows(plane, component);
  return repeat(plane, component, across, down);
}

function repeat(
  { samples, stride }: Plane,
  { width, height }: Component,
  across: number,
  down: number,
): Plane {
  const outStride = width * across;
  const output = new Uint8Array(outStride * height * down);
  for (let y = 0; y < height * down; y++) {
    const from = Math.floor(y / down) * stride;
    for (let x = 0; x < outStride; x++) output[y * outStride + x] = samples[from + Math.floor(x / across)]!;
  }
  return { samples: output, stride: outStride };
}

function doubleColumns({ samples, stride }: Plane, { width, height }: Component): Plane {
  const outStride = width * 2;
  const output = new Uint8Array(outStride * height);
  for (let y = 0; y < height; y++) {
    const from = y * stride;
    let to = y * outStride;
    for (let x = 0; x < width; x++, to += 2) {
      const here = samples[from + x]!;
      const left = x > 0 ? samples[from + x - 1]! : here;
      const right = x < width - 1 ? samples[from + x + 1]! : here;
      output[to] = x > 0 ? (here * 3 + left + 1) >> 2 : here;
      output[to + 1] = x < width - 1 ? (here * 3 + right + 2) >> 2 : here;
    }
  }
  return { samples: output, stride: outStride };
}

function doubleRows({ samples, stride }: Plane, { width, height }: Component): Plane {
  const output = new Uint8Array(width * height * 2);
  for (let y = 0; y < height * 2; y++) {
    const near = (y >> 1) * stride;
    const far = neighbour(y, height) * stride;
    const bias = y % 2 === 0 ? 1 : 2;
    for (let x = 0; x < width; x++)
      output[y * width + x] = (samples[near + x]! * 3 + samples[far + x]! + bias) >> 2;
  }
  return { samples: output, stride: width };
}

function doubleBoth({ samples, stride }: Plane, { width, height }: Component): Plane {
  const outStride = width * 2;
  const output = new Uint8Array(outStride * height * 2);
  for (let y = 0; y < height * 2; y++) {
    const near = (y >> 1) * stride;
    const far = neighbour(y, height) * stride;
    let to = y * outStride;
    let last = samples[near]! * 3 + samples[far]!;
    let here = last;
    for (let x = 0; x < width; x++, to += 2) {
      const next = x < width - 1 ? samples[near + x + 1]! * 3 + samples[far + x + 1]! : here;
      output[to] = x > 0 ? (here * 3 + last + 8) >> 4 : (here * 4 + 8) >> 4;
      output[to + 1] = x < width - 1 ? (here * 3 + next + 7) >> 4 : (here * 4 + 7) >> 4;
      last = here;
      here = next;
    }
  }
  return { samples: output, stride: outStride };
}

/** The source row above (for even rows) or below (for odd ones), inside the image. */
function neighbour(y: number, height: number): number {
  const row = y % 2 === 0 ? (y >> 1) - 1 : (y >> 1) + 1;
  return Math.min(height - 1, Math.max(0, row));
}

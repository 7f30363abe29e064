/** Row-major grey planes of one size; every function returns a new plane or changes the given one as it says. */

/** Blurs in place with the kernel (side, 1 − 2·side, side) in both directions; the border repeats. */
export function blur(plane: Float32Array, width: number, height: number, side: number): void {
  const centre = 1 - 2 * side;
  for (let y = 0; y < height; y++) {
    const row = y * width;
    let before = plane[row]!;
    for (let x = 0; x < width; x++) {
      const here = plane[row + x]!;
      const after = x + 1 < width ? plane[row + x + 1]! : here;
      plane[row + x] = side * (before + after) + centre * here;
      before = here;
    }
  }
  const above = plane.slice(0, width);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0; x < width; x++) {
      const here = plane[row + x]!;
      const below = y + 1 < height ? plane[row + width + x]! : here;
      plane[row + x] = side * (above[x]! + below) + centre * here;
      above[x] = here;
    }
  }
}

export interface CoarsePlane {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/** Means of blocks of `factor` × `factor` pixels; blocks at the right and bottom may be smaller. */
export function blockMeans(plane: Float32Array, width: number, height: number, factor: number): CoarsePlane {
  const coarseWidth = Math.ceil(width / factor);
  const coarseHeight = Math.ceil(height / factor);
  const values = new Float32Array(coarseWidth * coarseHeight);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / factor) * coarseWidth;
    for (let x = 0; x < width; x++) values[row + Math.floor(x / factor)]! += plane[y * width + x]!;
  }
  for (let r = 0; r < coarseHeight; r++) {
    const rows = Math.min(factor, height - r * factor);
    for (let c = 0; c < coarseWidth; c++) {
      values[r * coarseWidth + c]! /= rows * Math.min(factor, width - c * factor);
    }
  }
  return { width: coarseWidth, height: coarseHeight, values };
}

/** Bilinear resampling of a coarse plane onto the fine grid, pixel centres aligned. */
export function enlarge(coarse: CoarsePlane, width: number, height: number, factor: number): Float32Array {
  const fine = new Float32Array(width * height);
  const left = new Int32Array(width);
  const right = new Int32Array(width);
  const share = new Float32Array(width);
  for (let x = 0; x < width; x++) {
    const position = Math.max(0, Math.min(coarse.width - 1, (x + 0.5) / factor - 0.5));
    left[x] = Math.floor(position);
    right[x] = Math.min(coarse.width - 1, Math.floor(position) + 1);
    share[x] = position - Math.floor(position);
  }
  for (let y = 0; y < height; y++) {
    const position = Math.max(0, Math.min(coarse.height - 1, (y + 0.5) / factor - 0.5));
    const upper = Math.floor(position) * coarse.width;
    const lower = Math.min(coarse.height - 1, Math.floor(position) + 1) * coarse.width;
    const down = position - Math.floor(position);
    for (let x = 0; x < width; x++) {
      const t = share[x]!;
      const above = coarse.values[upper + left[x]!]! * (1 - t) + coarse.values[upper + right[x]!]! * t;
      const below = coarse.values[lower + left[x]!]! * (1 - t) + coarse.values[lower + right[x]!]! * t;
      fine[y * width + x] = above * (1 - down) + below * down;
    }
  }
  return fine;
}

/** The part of a plane that is resampled, in its pixels; corners may lie within pixels. */
export interface SourceRectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** For one axis: which source samples make an output sample, with weights that sum to 1. */
interface AxisWeights {
  readonly starts: Int32Array;
  readonly counts: Int32Array;
  readonly weights: Float64Array;
  readonly most: number;
}

/**
 * Shrinking averages by area; enlarging interpolates linearly between pixel centres and repeats the
 * border outwards.
 */
function axisWeights(start: number, length: number, output: number, available: number): AxisWeights {
  const step = length / output;
  const most = Math.ceil(step) + 2;
  const starts = new Int32Array(output);
  const counts = new Int32Array(output);
  const weights = new Float64Array(output * most);
  for (let i = 0; i < output; i++) {
    if (step > 1) {
      const from = Math.max(0, start + i * step);
      const to = Math.min(available, start + (i + 1) * step);
      const first = Math.min(available - 1, Math.floor(from + 1e-9));
      const last = Math.max(first, Math.min(available - 1, Math.ceil(to - 1e-9) - 1));
      starts[i] = first;
      counts[i] = last - first + 1;
      for (let k = first; k <= last; k++) {
        weights[i * most + k - first] = Math.max(0, Math.min(to, k + 1) - Math.max(from, k)) / (to - from);
      }
    } else {
      const center = Math.min(available - 1, Math.max(0, start + (i + 0.5) * step - 0.5));
      const first = Math.floor(center);
      const share = center - first;
      starts[i] = first;
      counts[i] = share > 0 ? 2 : 1;
      weights[i * most] = 1 - share;
      if (share > 0) weights[i * most + 1] = share;
    }
  }
  return { starts, counts, weights, most };
}

/**
 * Resamples a part of a plane (row-major, `width` wide). Missing samples (NaN or `nodata`) have no weight;
 * an output sample whose sources are mostly missing is missing itself: `nodata`, or NaN without one.
 */
export function resample(
  plane: Float32Array,
  width: number,
  rectangle: SourceRectangle,
  outWidth: number,
  outHeight: number,
  nodata: number | null,
): Float32Array {
  const height = plane.length / width;
  const columns = axisWeights(rectangle.x, rectangle.width, outWidth, width);
  const rows = axisWeights(rectangle.y, rectangle.height, outHeight, height);
  const missing = nodata === null ? Number.NaN : Math.fround(nodata);
  const out = new Float32Array(outWidth * outHeight);
  for (let y = 0; y < outHeight; y++) {
    const rowStart = rows.starts[y]!;
    const rowCount = rows.counts[y]!;
    for (let x = 0; x < outWidth; x++) {
      const columnStart = columns.starts[x]!;
      const columnCount = columns.counts[x]!;
      let sum = 0;
      let weight = 0;
      for (let j = 0; j < rowCount; j++) {
        const rowWeight = rows.weights[y * rows.most + j]!;
        const base = (rowStart + j) * width + columnStart;
        for (let i = 0; i < columnCount; i++) {
          const value = plane[base + i]!;
          if (value === missing || Number.isNaN(value)) continue;
          const share = rowWeight * columns.weights[x * columns.most + i]!;
          sum += share * value;
          weight += share;
        }
      }
      out[y * outWidth + x] = weight >= 0.5 ? sum / weight : missing;
    }
  }
  return out;
}

/** Vectors in rows: `values` is count × dimensions, row-major. */
export interface Vectors {
  readonly values: Float32Array;
  readonly count: number;
  readonly dimensions: number;
}

export function emptyVectors(dimensions: number): Vectors {
  return { values: new Float32Array(0), count: 0, dimensions };
}

/** One row, as a view. */
export function rowOf(vectors: Vectors, row: number): Float32Array {
  return vectors.values.subarray(row * vectors.dimensions, (row + 1) * vectors.dimensions);
}

/** The rows with these numbers, copied, in this order. */
export function takeRows(vectors: Vectors, rows: ArrayLike<number>): Vectors {
  const { dimensions } = vectors;
  const values = new Float32Array(rows.length * dimensions);
  for (let i = 0; i < rows.length; i++) values.set(rowOf(vectors, rows[i]!), i * dimensions);
  return { values, count: rows.length, dimensions };
}

/** Consecutive rows, as a view. */
export function rowRange(vectors: Vectors, start: number, end: number): Vectors {
  const { dimensions } = vectors;
  return {
    values: vectors.values.subarray(start * dimensions, end * dimensions),
    count: end - start,
    dimensions,
  };
}

/** Two sets of vectors below one another. */
export function stack(a: Vectors, b: Vectors): Vectors {
  const values = new Float32Array(a.values.length + b.values.length);
  values.set(a.values);
  values.set(b.values, a.values.length);
  return { values, count: a.count + b.count, dimensions: a.dimensions };
}

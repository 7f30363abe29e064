import type { LabelMatrix } from "../shared/contracts/engine.ts";
import { FieldmarkError } from "../shared/errors.ts";

/** @throws FieldmarkError `invalid-input` where the matrix does not have one row an id and one column a class */
export function checkLabels({ ids, states }: LabelMatrix, classes: number): void {
  if (classes > 0 && states.length === ids.length * classes) return;
  throw new FieldmarkError(
    "invalid-input",
    `The label matrix has ${states.length} entries, but ${ids.length} patches with ${classes} classes were given.`,
  );
}

/** The rows of a label matrix (patches × classes) at these positions, in this order. */
export function labelRows(states: Int8Array, classes: number, positions: ArrayLike<number>): Int8Array {
  const rows = new Int8Array(positions.length * classes);
  for (let i = 0; i < positions.length; i++) {
    const start = positions[i]! * classes;
    rows.set(states.subarray(start, start + classes), i * classes);
  }
  return rows;
}

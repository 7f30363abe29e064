import { LABEL_MASKED } from "../../shared/domain/labels.ts";

/** Classes that are reviewed on exactly the same rows. */
export interface LabelGroup {
  readonly classes: readonly number[];
  /** Reviewed rows, ascending. */
  readonly rows: Uint32Array;
}

/**
 * Groups classes by the rows on which they are reviewed. Fully labelled data is one group; classes that no
 * row reviews are in none.
 */
export function groupByReviewedRows(labels: Int8Array, classes: number): LabelGroup[] {
  const rows = labels.length / classes;
  const groups = new Map<string, { classes: number[]; rows: Uint32Array }>();
  for (let c = 0; c < classes; c++) {
    const reviewed = Uint32Array.from({ length: rows }, (_, row) => row).filter(
      (row) => labels[row * classes + c] !== LABEL_MASKED,
    );
    if (reviewed.length === 0) continue;
    const key = reviewed.length === rows ? "all" : reviewed.join();
    const group = groups.get(key);
    if (group) group.classes.push(c);
    else groups.set(key, { classes: [c], rows: reviewed });
  }
  return [...groups.values()];
}

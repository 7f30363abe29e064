/** Between chips and dots, as in the style sheet. */
const GAP = 3;
const DOT = 8;

/**
 * How many chips, from the first on, can show their names in a place of `rows` rows, when the others
 * follow as dots: nothing is left out of sight.
 *
 * @param widths of the chips in pixels, in order
 * @param width of the place in pixels
 */
export function fitChips(widths: readonly number[], width: number, rows: number): number {
  for (let named = widths.length; named > 0; named--) {
    const dots = widths.slice(named).map(() => DOT);
    if (rowsOf([...widths.slice(0, named), ...dots], width) <= rows) return named;
  }
  return 0;
}

/** Rows that parts of these widths take when they flow; a part that is too wide is cut to a row. */
function rowsOf(widths: readonly number[], width: number): number {
  let rows = 1;
  let used = 0;
  for (const part of widths) {
    const own = Math.min(part, width);
    if (used > 0 && used + GAP + own > width) {
      rows++;
      used = own;
    } else used += (used > 0 ? GAP : 0) + own;
  }
  return rows;
}

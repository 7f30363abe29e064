import type { Move } from "./keyboard.ts";

/**
 * The index that a move leads to in a grid filled row by row. Left and right go on into the next row;
 * up and down stay where the grid ends; a page is `rows` rows.
 */
export function moveInGrid(
  index: number,
  move: Move,
  grid: { readonly columns: number; readonly rows: number; readonly total: number },
): number {
  const { columns, rows, total } = grid;
  if (total === 0) return 0;
  const page = Math.max(1, rows) * columns;
  switch (move) {
    case "left":
      return Math.max(0, index - 1);
    case "right":
      return Math.min(total - 1, index + 1);
    case "up":
      return index - columns < 0 ? index : index - columns;
    case "down":
      return downFrom(index, columns, columns, total);
    case "pageup":
      return index - page < 0 ? index % columns : index - page;
    case "pagedown":
      return downFrom(index, page, columns, total);
    case "home":
      return 0;
    case "end":
      return total - 1;
  }
}

/** Down by `step`; from above a last row that is shorter, to its end. */
function downFrom(index: number, step: number, columns: number, total: number): number {
  if (index + step < total) return index + step;
  const lastRow = Math.floor((total - 1) / columns);
  return Math.floor(index / columns) < lastRow
    ? Math.min(total - 1, lastRow * columns + (index % columns))
    : index;
}

/** The nearest open index after `index`, else the first one before it; null when none is open. */
export function nextOpen(index: number, total: number, isOpen: (index: number) => boolean): number | null {
  for (let step = 1; step < total; step++) {
    const candidate = (index + step) % total;
    if (isOpen(candidate)) return candidate;
  }
  return null;
}

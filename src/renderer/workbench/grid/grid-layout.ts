export const GRID_GAP = 8;
export const GRID_PADDING = 12;
/** Below this size a tile's labels are colours without names. */
export const NAMED_TILE = 128;

const SCROLLBAR = 10;
const NAMED_FOOTER = 52;
const DOTTED_FOOTER = 22;
const FRAME = 8;

export interface GridLayout {
  readonly columns: number;
  /** Width of a tile in pixels, frame included. */
  readonly tile: number;
  readonly rowHeight: number;
}

/** As many columns as fit tiles of about the wanted size; the tiles then share the whole width. */
export function gridLayout(width: number, wanted: number): GridLayout {
  const inner = Math.max(wanted, width - 2 * GRID_PADDING - SCROLLBAR);
  const columns = Math.max(1, Math.round((inner + GRID_GAP) / (wanted + FRAME + GRID_GAP)));
  const tile = Math.floor((inner - (columns - 1) * GRID_GAP) / columns);
  return { columns, tile, rowHeight: tile + footerHeight(tile) + GRID_GAP };
}

/** Where a tile's labels go: two rows of chips, or a row of dots. */
export function labelRoom(tile: number): { width: number; rows: number } | "dots" {
  return tile < NAMED_TILE ? "dots" : { width: tile - FRAME, rows: 2 };
}

export function footerHeight(tile: number): number {
  return tile < NAMED_TILE ? DOTTED_FOOTER : NAMED_FOOTER;
}

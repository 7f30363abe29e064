import { useElementSize } from "@mantine/hooks";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { useStore } from "zustand";
import { useView } from "../../state/view-store.ts";
import { useWorkbench } from "../../state/workbench-store.ts";
import { strings } from "../../strings.ts";
import { usePatchList } from "../workbench-context.ts";
import { GRID_GAP, GRID_PADDING, gridLayout } from "./grid-layout.ts";
import { GridPart } from "./grid-part.tsx";
import classes from "./patch-grid.module.css";
import { PatchTile } from "./patch-tile.tsx";

/** The list's patches as a grid of tiles; only the rows on screen (and a few more) exist. */
export function PatchGrid() {
  const list = usePatchList();
  const { ref: sizeRef, width, height } = useElementSize();
  const scroller = useRef<HTMLDivElement>(null);
  const total = useStore(list.store, (state) => state.total);
  const focus = useStore(list.store, (state) => state.focus);
  const tileSize = useView((view) => view.tileSize);
  const layout = gridLayout(width, tileSize);
  const rowCount = Math.ceil((total ?? 0) / layout.columns);

  const rows = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => layout.rowHeight,
    overscan: 2,
    paddingStart: GRID_PADDING,
    paddingEnd: GRID_PADDING,
    // A row that is brought into view keeps its distance to the edge.
    scrollPaddingStart: GRID_PADDING,
    scrollPaddingEnd: GRID_PADDING,
  });
  const virtualRows = rows.getVirtualItems();
  const firstRow = virtualRows[0]?.index ?? 0;
  const lastRow = virtualRows.at(-1)?.index ?? 0;

  useEffect(() => {
    if (layout.rowHeight > 0) rows.measure();
  }, [rows, layout.rowHeight]);
  useEffect(() => {
    const wholeRows = Math.max(1, Math.floor(height / layout.rowHeight));
    useWorkbench.setState({ columns: layout.columns, rows: wholeRows });
  }, [layout.columns, layout.rowHeight, height]);
  useEffect(() => {
    list.ensure(firstRow * layout.columns, (lastRow + 1) * layout.columns);
  }, [list, firstRow, lastRow, layout.columns]);
  const focusedRow = Math.floor(focus / layout.columns);
  useEffect(() => {
    if (width > 0) rows.scrollToIndex(focusedRow, { align: "auto" });
  }, [rows, focusedRow, width]);

  return (
    <div className={classes.frame} ref={sizeRef}>
      <div ref={scroller} className={classes.scroller} tabIndex={-1}>
        <GridPart
          role="grid"
          aria-multiselectable="true"
          className={classes.content}
          style={{ height: rows.getTotalSize() }}
          aria-label={strings.label.grid}
          aria-rowcount={rowCount}
          aria-colcount={layout.columns}
          aria-busy={total === null}
        >
          {virtualRows.map((row) => (
            <GridPart
              role="row"
              key={row.key}
              aria-rowindex={row.index + 1}
              className={classes.row}
              style={{
                transform: `translateY(${row.start}px)`,
                gridTemplateColumns: `repeat(${layout.columns}, ${layout.tile}px)`,
                columnGap: GRID_GAP,
              }}
            >
              {indicesOfRow(row.index, layout.columns, total ?? 0).map((index) => (
                <PatchTile key={index} index={index} column={index % layout.columns} size={layout.tile} />
              ))}
            </GridPart>
          ))}
        </GridPart>
      </div>
    </div>
  );
}

function indicesOfRow(row: number, columns: number, total: number): number[] {
  const first = row * columns;
  return Array.from({ length: Math.min(columns, total - first) }, (_, column) => first + column);
}

import { IconCheck, IconFlagFilled, IconPlayerSkipForward } from "@tabler/icons-react";
import { type MouseEvent, memo, useEffect, useRef } from "react";
import { useStore } from "zustand";
import type { PatchItem } from "../../../shared/domain/project.ts";
import { PatchPicture } from "../../components/patch-picture.tsx";
import { usePictureUrl } from "../../components/use-look.ts";
import { usePatches } from "../../state/patches-store.ts";
import { useView } from "../../state/view-store.ts";
import { useWorkbench } from "../../state/workbench-store.ts";
import { strings } from "../../strings.ts";
import { usePatchList } from "../workbench-context.ts";
import { footerHeight, labelRoom } from "./grid-layout.ts";
import { GridPart } from "./grid-part.tsx";
import classes from "./patch-tile.module.css";
import { TileLabels } from "./tile-labels.tsx";

interface TileProps {
  readonly index: number;
  readonly column: number;
  /** Width in CSS pixels. */
  readonly size: number;
}

/** One patch of the grid: its picture, its review state, its labels and what the model suggests. */
export const PatchTile = memo(function PatchTile({ index, column, size }: TileProps) {
  const list = usePatchList();
  const id = useStore(list.store, (state) => (state.revision >= 0 ? state.ids[index] : undefined));
  const patch = usePatches(({ shown }) => (id === undefined ? undefined : shown.get(id)));
  const focused = useStore(list.store, (state) => state.focus === index);
  const selected = useStore(list.store, (state) => id !== undefined && state.selection.has(id));
  const cell = useRef<HTMLDivElement>(null);

  useEffect(() => {
    // Follows the keys while the grid has the focus; takes no focus from elsewhere.
    const active = document.activeElement;
    if (focused && (active === document.body || active?.closest("[role=grid]"))) {
      cell.current?.focus({ preventScroll: true });
    }
  }, [focused]);

  function onMouseDown(event: MouseEvent): void {
    if (event.button !== 0) return;
    if (event.shiftKey) list.extendTo(index);
    else if (event.ctrlKey || event.metaKey) list.toggleSelected(index);
    else list.focus(index);
  }

  return (
    <GridPart
      role="gridcell"
      ref={cell}
      className={classes.tile}
      data-focused={focused || undefined}
      data-selected={selected || undefined}
      data-status={patch?.status}
      aria-colindex={column + 1}
      aria-selected={selected}
      aria-label={
        patch ? strings.label.tile(patch.name, strings.label.status[patch.status]) : strings.loading
      }
      tabIndex={focused ? 0 : -1}
      onMouseDown={onMouseDown}
      onDoubleClick={() => useWorkbench.setState({ large: true })}
    >
      <div className={classes.picture} style={{ height: size - 8 }}>
        {patch && <TilePicture patch={patch} size={size} />}
      </div>
      <div className={classes.footer} style={{ height: footerHeight(size) - 4 }}>
        {patch && <TileLabels patch={patch} room={labelRoom(size)} />}
      </div>
    </GridPart>
  );
});

function TilePicture({ patch, size }: { patch: PatchItem; size: number }) {
  const url = usePictureUrl(size);
  const pixelated = useView((view) => view.pixelated);
  const explain = useView((view) => view.explain);
  return (
    <>
      <PatchPicture
        key={patch.id}
        src={url(patch.id)}
        alt={patch.name}
        pixelated={pixelated}
        missing={patch.imageryMissing ?? false}
      />
      {explain && patch.query && (
        <span className={classes.score}>
          {patch.query.control ? strings.label.controlShort : patch.query.score.toFixed(3)}
        </span>
      )}
      <span className={classes.marks}>
        {patch.flagged && (
          <span className={classes.mark} data-kind="flag">
            <IconFlagFilled size={12} aria-label={strings.label.flagged} />
          </span>
        )}
        {patch.status === "confirmed" && (
          <span className={classes.mark} data-kind="confirmed">
            <IconCheck size={13} stroke={3} aria-hidden="true" />
          </span>
        )}
        {patch.status === "skipped" && (
          <span className={classes.mark} data-kind="skipped">
            <IconPlayerSkipForward size={12} aria-hidden="true" />
          </span>
        )}
      </span>
    </>
  );
}

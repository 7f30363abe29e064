import { ActionIcon, Tooltip } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { IconChevronLeft, IconChevronRight, IconGridDots } from "@tabler/icons-react";
import { useState } from "react";
import { useStore } from "zustand";
import { number } from "../../components/format.ts";
import { useView } from "../../state/view-store.ts";
import { strings } from "../../strings.ts";
import { TileLabels } from "../grid/tile-labels.tsx";
import { useFocusedPatch } from "../use-targets.ts";
import { usePatchList } from "../workbench-context.ts";
import { BandStrip } from "./band-strip.tsx";
import { LargePicture } from "./large-picture.tsx";
import classes from "./large-view.module.css";
import { SpectralProfile } from "./spectral-profile.tsx";
import { ZOOMS, type Zoom } from "./zoom.ts";

/** One patch as large as there is room, its bands beside each other, and its spectral profile. */
export function LargeView() {
  const list = usePatchList();
  const patch = useFocusedPatch();
  const focus = useStore(list.store, (state) => state.focus);
  const total = useStore(list.store, (state) => state.total) ?? 0;
  const pixelated = useView((view) => view.pixelated);
  const labels = useElementSize();
  const [zoom, setZoom] = useState<Zoom>("fit");
  if (!patch) return <div className={classes.view} aria-busy="true" />;
  return (
    <div className={classes.view}>
      <div className={classes.bar}>
        <ActionIcon
          aria-label={strings.large.previous}
          disabled={focus === 0}
          onClick={() => list.focus(focus - 1)}
        >
          <IconChevronLeft size={18} />
        </ActionIcon>
        <span className={classes.position}>{strings.large.position(number(focus + 1), number(total))}</span>
        <ActionIcon
          aria-label={strings.large.next}
          disabled={focus >= total - 1}
          onClick={() => list.focus(focus + 1)}
        >
          <IconChevronRight size={18} />
        </ActionIcon>
        <div className={classes.labels} ref={labels.ref}>
          <TileLabels patch={patch} room={{ width: labels.width, rows: 1 }} />
        </div>
        <fieldset className={classes.zooms} aria-label={strings.large.zoom}>
          {ZOOMS.map((value) => (
            <button
              key={value}
              type="button"
              className={classes.zoom}
              aria-pressed={zoom === value}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => setZoom(value)}
            >
              {value === "fit" ? strings.large.fit : `${value}×`}
            </button>
          ))}
        </fieldset>
        <Tooltip label={strings.large.pixelated}>
          <ActionIcon
            aria-label={strings.large.pixelated}
            aria-pressed={pixelated}
            className={classes.toggle ?? ""}
            data-on={pixelated || undefined}
            onClick={() => useView.setState({ pixelated: !pixelated })}
          >
            <IconGridDots size={17} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </div>
      <LargePicture patch={patch} zoom={zoom} />
      <div className={classes.below}>
        <BandStrip patchId={patch.id} />
        <SpectralProfile patchId={patch.id} />
      </div>
    </div>
  );
}

import { Skeleton } from "@mantine/core";
import type { SplitMethod, SplitPreview } from "../../shared/domain/splits.ts";
import { number } from "../components/format.ts";
import { strings } from "../strings.ts";
import { LeakageNote } from "./leakage-note.tsx";
import { SplitLegend } from "./split-legend.tsx";
import classes from "./split-preview-panel.module.css";
import { SplitSketch } from "./split-sketch.tsx";

/** How large the splits get, where they lie, and whether they leak. */
export function SplitPreviewPanel(props: {
  preview: SplitPreview | null;
  /** The preview is of other settings; the one for these is on its way. */
  stale: boolean;
  method: SplitMethod;
}) {
  const { preview, stale } = props;
  const text = strings.splitting;
  if (!preview) {
    return (
      <div className={classes.panel} aria-busy={stale}>
        <p className={classes.fact}>{stale ? text.looking : ""}</p>
        <Skeleton height={240} />
      </div>
    );
  }
  const side = preview.blockSize === null ? null : number(Math.round(preview.blockSize));
  return (
    <section
      className={classes.panel}
      aria-label={text.preview}
      aria-busy={stale}
      data-stale={stale || undefined}
    >
      <SplitSketch report={preview} />
      <SplitLegend counts={preview.counts} />
      <p className={classes.fact}>
        {text.groups[props.method](number(preview.groups), side)}
        {preview.sketch.simplified && `. ${text.simplified}`}
      </p>
      <LeakageNote leakage={preview.leakage} unplaced={preview.unplaced} />
    </section>
  );
}

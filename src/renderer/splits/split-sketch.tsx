import type { SplitReport } from "../../shared/domain/splits.ts";
import { strings } from "../strings.ts";
import classes from "./split-sketch.module.css";

/** Boxes smaller than this, in the drawing's units, could not be seen. */
const SMALLEST = 6;
/** What lies on top is what there is least of. */
const DRAWN = [null, "pool", "val", "test"] as const;

/** Where the patches lie, coloured by split; the figures stand beside it. */
export function SplitSketch({
  report: { sketch, counts },
}: {
  report: Pick<SplitReport, "sketch" | "counts">;
}) {
  const { width, height, boxes } = sketch;
  return (
    <svg
      className={classes.sketch}
      viewBox={`${-SMALLEST} ${-SMALLEST} ${width + 2 * SMALLEST} ${height + 2 * SMALLEST}`}
      role="img"
      aria-label={strings.splitting.sketch(counts.pool, counts.val, counts.test)}
    >
      {DRAWN.map((split) => (
        <path
          key={split ?? "none"}
          className={classes.patches}
          data-split={split ?? "none"}
          d={boxes
            .filter((box) => box[4] === split)
            .map(([x, y, boxWidth, boxHeight]) => outline(x, y, boxWidth, boxHeight))
            .join("")}
        />
      ))}
    </svg>
  );
}

/** A box, made large enough to be seen, as part of a path. */
function outline(x: number, y: number, width: number, height: number): string {
  const [shownWidth, shownHeight] = [Math.max(SMALLEST, width), Math.max(SMALLEST, height)];
  const [left, top] = [x - (shownWidth - width) / 2, y - (shownHeight - height) / 2];
  return `M${left} ${top}h${shownWidth}v${shownHeight}h${-shownWidth}z`;
}

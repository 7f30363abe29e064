import type { SplitReport } from "../../shared/domain/splits.ts";
import { number, percent } from "../components/format.ts";
import { strings } from "../strings.ts";
import classes from "./split-legend.module.css";

/** Patches of each split, with the colours of the sketch. */
export function SplitLegend({ counts }: { counts: SplitReport["counts"] }) {
  const total = Math.max(1, counts.pool + counts.val + counts.test + counts.none);
  const shown = (["pool", "val", "test", "none"] as const).filter(
    (split) => split !== "none" || counts.none > 0,
  );
  return (
    <dl className={classes.legend}>
      {shown.map((split) => (
        <div key={split} className={classes.entry}>
          <dt>
            <span className={classes.swatch} data-split={split} aria-hidden="true" />
            {split === "none" ? strings.splitting.noSplit : strings.splits[split]}
          </dt>
          <dd>{strings.splitting.legend(number(counts[split]), percent(counts[split] / total))}</dd>
        </div>
      ))}
    </dl>
  );
}

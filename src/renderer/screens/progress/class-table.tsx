import type { CSSProperties } from "react";
import type { ClassEstimate, Estimate } from "../../../shared/domain/evaluation.ts";
import type { ClassMetrics } from "../../../shared/domain/learning.ts";
import type { CurvePoint } from "../../../shared/domain/project.ts";
import { number, percent } from "../../components/format.ts";
import { strings } from "../../strings.ts";
import { useClassIndex } from "../../workbench/class-index.ts";
import classes from "./class-table.module.css";

/**
 * Per class: precision, recall, F1, average precision, and on how many patches it occurs; with the intervals of what
 * there are enough patches for.
 */
export function ClassTable(props: { point: CurvePoint; estimates: readonly ClassEstimate[] }) {
  const { point } = props;
  const estimates = new Map(props.estimates.map((entry) => [entry.classId, entry]));
  const index = useClassIndex();
  const rows = (point.metrics?.perClass ?? []).toSorted(
    (a, b) => (index.get(a.classId)?.position ?? 0) - (index.get(b.classId)?.position ?? 0),
  );
  const most = Math.max(1, ...rows.map((row) => row.support));
  const { column } = strings.progress;
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{column.class}</th>
          <th scope="col">{column.precision}</th>
          <th scope="col">{column.recall}</th>
          <th scope="col">{column.f1}</th>
          <th scope="col">{column.averagePrecision}</th>
          <th scope="col">{column.support}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const entry = index.get(row.classId);
          const estimate = estimates.get(row.classId);
          return (
            <tr key={row.classId}>
              <th scope="row">
                <span className={classes.swatch} style={{ background: entry?.color }} />
                {entry?.name ?? `#${row.classId}`}
              </th>
              <Share value={row.precision} estimate={estimate?.precision} />
              <Share value={row.recall} estimate={estimate?.recall} />
              <Share value={row.f1} estimate={estimate?.f1} strong />
              <Share value={row.averagePrecision} />
              <Support row={row} most={most} />
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function percentNumber(fraction: number): string {
  return (100 * fraction).toFixed(0);
}

function bar(share: number): CSSProperties {
  // A custom property is not among React's style properties.
  return { "--share": `${share * 100}%` } as CSSProperties;
}

function Share(props: { value: number | null; estimate?: Estimate | null | undefined; strong?: boolean }) {
  const { value, strong = false } = props;
  const interval = props.estimate?.interval;
  return (
    <td className={classes.cell} style={bar(value ?? 0)} data-strong={strong || undefined}>
      {interval && (
        <span className={classes.interval}>
          {strings.evaluation.range(percentNumber(interval.low), percentNumber(interval.high))}
        </span>
      )}
      {percent(value)}
    </td>
  );
}

function Support({ row, most }: { row: ClassMetrics; most: number }) {
  return (
    <td className={classes.cell} style={bar(row.support / most)} data-support>
      {number(row.support)}
    </td>
  );
}

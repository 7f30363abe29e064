import type { CSSProperties } from "react";
import type { ClassMetrics } from "../../../shared/domain/learning.ts";
import type { CurvePoint } from "../../../shared/domain/project.ts";
import { number, percent } from "../../components/format.ts";
import { strings } from "../../strings.ts";
import { useClassIndex } from "../../workbench/class-index.ts";
import classes from "./class-table.module.css";

/** Per class: precision, recall, F1, average precision, and on how many patches it occurs. */
export function ClassTable({ point }: { point: CurvePoint }) {
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
          return (
            <tr key={row.classId}>
              <th scope="row">
                <span className={classes.swatch} style={{ background: entry?.color }} />
                {entry?.name ?? `#${row.classId}`}
              </th>
              <Share value={row.precision} />
              <Share value={row.recall} />
              <Share value={row.f1} strong />
              <Share value={row.averagePrecision} />
              <Support row={row} most={most} />
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function bar(share: number): CSSProperties {
  // A custom property is not among React's style properties.
  return { "--share": `${share * 100}%` } as CSSProperties;
}

function Share({ value, strong = false }: { value: number | null; strong?: boolean }) {
  return (
    <td className={classes.cell} style={bar(value ?? 0)} data-strong={strong || undefined}>
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

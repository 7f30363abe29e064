import type { MeasuredModel } from "../../../shared/domain/evaluation.ts";
import type { CurvePoint } from "../../../shared/domain/project.ts";
import { type ChartPoint, type ChartSeries, LineChart } from "../../charts/line-chart.tsx";
import { number, percent } from "../../components/format.ts";
import { strings } from "../../strings.ts";
import classes from "./curve-chart.module.css";

/**
 * Micro and macro F1 over the number of labelled patches, one marker for each trained model. Models that were measured
 * again on everything that is labelled by now have an interval.
 */
export function CurveChart(props: { points: readonly CurvePoint[]; measured: readonly MeasuredModel[] }) {
  const { points } = props;
  const again = new Map(props.measured.map((model) => [model.modelId, model.microF1]));
  const line = (value: (point: CurvePoint) => number | undefined) =>
    points.flatMap((point) => {
      const y = value(point);
      return y === undefined ? [] : [{ x: point.labeled, y }];
    });
  const series: ChartSeries[] = [
    {
      id: "micro",
      name: strings.progress.microF1,
      color: "var(--fm-accent)",
      points: points.flatMap((point): ChartPoint[] => {
        const own = again.get(point.modelId);
        const y = own?.value ?? point.metrics?.microF1;
        return y === undefined ? [] : [{ x: point.labeled, y, interval: own?.interval ?? undefined }];
      }),
    },
    {
      id: "macro",
      name: strings.progress.macroF1,
      color: "var(--fm-text-soft)",
      dashed: true,
      points: line((point) => point.metrics?.macroF1),
    },
  ];
  return (
    <figure className={classes.figure}>
      <figcaption className={classes.legend}>
        {series.map((entry) => (
          <span key={entry.id}>
            <svg width="22" height="8" aria-hidden="true">
              <line
                x1="0"
                x2="22"
                y1="4"
                y2="4"
                stroke={entry.color}
                strokeWidth="2"
                strokeDasharray={entry.dashed ? "5 4" : undefined}
              />
            </svg>
            {entry.name}
          </span>
        ))}
        {again.size > 0 && <span>{strings.evaluation.band}</span>}
      </figcaption>
      <LineChart
        label={strings.progress.curveDescription(
          points.map((point) => `${point.labeled}: ${percent(point.metrics?.microF1 ?? null)}`).join(", "),
        )}
        series={series}
        height={300}
        xLabel={strings.progress.labeledPatches}
        xTicks={points.length <= 12 ? points.map((point) => point.labeled) : undefined}
        formatX={number}
        formatY={percent}
        formatTick={(value) => percent(value, 0)}
        yLimits={[0, 1]}
        ySpan={0.2}
        readoutTitle={(labeled) => strings.progress.labels(labeled)}
      />
    </figure>
  );
}

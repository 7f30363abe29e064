import { useElementSize } from "@mantine/hooks";
import { type PointerEvent, useState } from "react";
import classes from "./line-chart.module.css";
import { linearScale, niceDomain, niceTicks } from "./scale.ts";

export interface ChartPoint {
  readonly x: number;
  readonly y: number;
  /** Half the height of the band around the line, in the unit of y. */
  readonly spread?: number;
  /** Both ends of the band around the line, where it is not as high above as below. */
  readonly interval?: { readonly low: number; readonly high: number } | undefined;
}

export interface ChartSeries {
  readonly id: string;
  readonly name: string;
  readonly color: string;
  readonly points: readonly ChartPoint[];
  readonly dashed?: boolean;
}

const MARGIN = { top: 12, right: 16, bottom: 36, left: 52 };
const TICKS_EVERY_PX = { x: 90, y: 40 };

/** Lines with markers over numbers, with a readout of the point nearest to the pointer. */
export function LineChart(props: {
  label: string;
  series: readonly ChartSeries[];
  /** In pixels; without it the chart is as high as the place it stands in. */
  height?: number;
  xLabel?: string;
  yLabel?: string;
  formatX: (x: number) => string;
  formatY: (y: number) => string;
  /** For the axis, where it needs fewer digits than the readout. */
  formatTick?: (y: number) => string;
  /** Where x has names (bands) instead of numbers: the values that get a tick. */
  xTicks?: readonly number[] | undefined;
  yLimits?: readonly [number, number];
  /** The y axis shows at least this much. */
  ySpan?: number;
  /** What the readout is headed with; the formatted x by default. */
  readoutTitle?: (x: number) => string;
}) {
  const { ref, width, height: measured } = useElementSize();
  const [hoveredX, setHoveredX] = useState<number | null>(null);
  const { series, formatX, formatY } = props;
  const height = props.height ?? measured;
  const points = series.flatMap((line) => line.points);
  const xs = [...new Set(points.map((point) => point.x))].sort((a, b) => a - b);
  const xDomain: [number, number] = [xs[0] ?? 0, xs.at(-1) ?? 1];
  const yDomain = niceDomain(
    points.flatMap((point) => {
      const band = bandOf(point);
      return band ? [band.low, band.high] : [point.y];
    }),
    props.yLimits,
    props.ySpan,
  );
  const right = Math.max(MARGIN.left + 10, width - MARGIN.right);
  const bottom = height - MARGIN.bottom;
  const x = linearScale(xDomain, xs.length > 1 ? [MARGIN.left + 12, right - 12] : [MARGIN.left, right]);
  const y = linearScale(yDomain, [bottom, MARGIN.top]);
  const yTicks = niceTicks(...yDomain, Math.max(2, (bottom - MARGIN.top) / TICKS_EVERY_PX.y));
  const xTicks = props.xTicks ?? niceTicks(...xDomain, Math.max(2, (right - MARGIN.left) / TICKS_EVERY_PX.x));

  function onPointerMove(event: PointerEvent<SVGSVGElement>): void {
    const at = event.clientX - event.currentTarget.getBoundingClientRect().left;
    const nearest = xs.reduce<number | null>(
      (best, value) => (best === null || Math.abs(x(value) - at) < Math.abs(x(best) - at) ? value : best),
      null,
    );
    setHoveredX(nearest);
  }

  const readout = hoveredX === null ? [] : pointsAt(series, hoveredX);
  return (
    <div className={classes.chart} ref={ref} style={{ height: props.height ?? "100%" }}>
      {width > 0 && height > 0 && (
        <svg
          width={width}
          height={height}
          role="img"
          aria-label={props.label}
          onPointerMove={onPointerMove}
          onPointerLeave={() => setHoveredX(null)}
        >
          {yTicks.map((tick) => (
            <g key={tick}>
              <line className={classes.gridLine} x1={MARGIN.left} x2={right} y1={y(tick)} y2={y(tick)} />
              <text className={classes.tick} x={MARGIN.left - 8} y={y(tick)} dy="0.32em" textAnchor="end">
                {(props.formatTick ?? formatY)(tick)}
              </text>
            </g>
          ))}
          {xTicks.map((tick) => (
            <text key={tick} className={classes.tick} x={x(tick)} y={bottom + 16} textAnchor="middle">
              {formatX(tick)}
            </text>
          ))}
          <line className={classes.axis} x1={MARGIN.left} x2={right} y1={bottom} y2={bottom} />
          {props.xLabel && (
            <text
              className={classes.axisLabel}
              x={(MARGIN.left + right) / 2}
              y={height - 4}
              textAnchor="middle"
            >
              {props.xLabel}
            </text>
          )}
          {props.yLabel && (
            <text
              className={classes.axisLabel}
              transform={`translate(11 ${(MARGIN.top + bottom) / 2}) rotate(-90)`}
              textAnchor="middle"
            >
              {props.yLabel}
            </text>
          )}
          {hoveredX !== null && (
            <line className={classes.cursor} x1={x(hoveredX)} x2={x(hoveredX)} y1={MARGIN.top} y2={bottom} />
          )}
          {series.map((line) => (
            <Line key={line.id} line={line} x={x} y={y} hoveredX={hoveredX} />
          ))}
        </svg>
      )}
      {hoveredX !== null && readout.length > 0 && (
        <div
          className={classes.readout}
          data-side={x(hoveredX) > width / 2 ? "left" : "right"}
          style={{ left: x(hoveredX) }}
        >
          <div className={classes.readoutTitle}>{(props.readoutTitle ?? formatX)(hoveredX)}</div>
          {readout.map(({ line, point }) => (
            <div key={line.id} className={classes.readoutRow}>
              <span className={classes.key} style={{ background: line.color }} />
              <span>{line.name}</span>
              <span className={classes.value}>
                {formatY(point.y)}
                {point.spread !== undefined && ` ± ${formatY(point.spread)}`}
                {point.interval && ` (${formatY(point.interval.low)} to ${formatY(point.interval.high)})`}
              </span>
            </div>
          ))}
        </div>
      )}
    </div>
  );
}

function bandOf({ y, spread, interval }: ChartPoint): { low: number; high: number } | null {
  if (interval) return interval;
  return spread === undefined ? null : { low: y - spread, high: y + spread };
}

function Line(props: {
  line: ChartSeries;
  x: (value: number) => number;
  y: (value: number) => number;
  hoveredX: number | null;
}) {
  const { line, x, y, hoveredX } = props;
  const path = line.points.map((point, at) => `${at === 0 ? "M" : "L"}${x(point.x)} ${y(point.y)}`).join(" ");
  const bands = line.points.map((point) => ({
    x: x(point.x),
    ...(bandOf(point) ?? { low: point.y, high: point.y }),
  }));
  const upper = bands.map((band) => `${band.x} ${y(band.high)}`);
  const lower = bands.map((band) => `${band.x} ${y(band.low)}`).reverse();
  const hasSpread = line.points.some((point) => bandOf(point) !== null);
  return (
    <g style={{ color: line.color }}>
      {hasSpread && <polygon className={classes.spread} points={[...upper, ...lower].join(" ")} />}
      <path className={classes.line} d={path} data-dashed={line.dashed || undefined} />
      {line.points.map((point) => (
        <circle
          key={`${point.x}-${point.y}`}
          className={classes.point}
          data-hovered={point.x === hoveredX || undefined}
          cx={x(point.x)}
          cy={y(point.y)}
          r={point.x === hoveredX ? 5 : 3.5}
        />
      ))}
    </g>
  );
}

function pointsAt(series: readonly ChartSeries[], x: number) {
  return series.flatMap((line) => {
    const point = line.points.find((candidate) => candidate.x === x);
    return point ? [{ line, point }] : [];
  });
}

import { escapeHtml } from "./escape-html.ts";
import { seriesStyle } from "./series-style.ts";
import type { CurveStep, FunctionCurve } from "./summary.ts";

const WIDTH = 720;
const HEIGHT = 380;
const LEFT = 48;
const RIGHT = 16;
const TOP = 16;
const BOTTOM = 44;

/** Steps of 1, 2 or 5 times a power of ten, about `count` of them over the range. */
function niceStep(range: number, count: number): number {
  const rough = range / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
}

function ticks(low: number, high: number, step: number): number[] {
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => (first + index) * step);
}

interface Point {
  readonly labeled: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

function points(steps: readonly CurveStep[]): Point[] {
  return steps.flatMap(({ labeled, estimate }) => {
    if (!estimate) return [];
    const half = estimate.halfWidth ?? 0;
    return [
      {
        labeled,
        mean: 100 * estimate.mean,
        low: 100 * Math.max(0, estimate.mean - half),
        high: 100 * Math.min(1, estimate.mean + half),
      },
    ];
  });
}

/**
 * A line chart of the curves in percent over the number of labels, with bands of 95 % intervals.
 * @param names of all curves of the report: a curve looks the same in each of its charts
 * @param shared curves whose axes this chart takes, so that several compare
 */
export function curveChart(
  curves: readonly FunctionCurve[],
  title: string,
  names: readonly string[] = curves.map((curve) => curve.function),
  shared: readonly FunctionCurve[] = curves,
): string {
  const series = curves.map((curve) => ({ name: curve.function, points: points(curve.steps) }));
  const all = shared.flatMap(({ steps }) => points(steps));
  if (all.length === 0) return "";
  const left = Math.min(...all.map((point) => point.labeled));
  const right = Math.max(...all.map((point) => point.labeled), left + 1);
  const yStep = Math.max(
    1,
    niceStep(Math.max(4, Math.max(...all.map((p) => p.high)) - Math.min(...all.map((p) => p.low))), 6),
  );
  const bottom = Math.max(0, Math.floor(Math.min(...all.map((point) => point.low)) / yStep) * yStep);
  const top = Math.min(100, Math.ceil(Math.max(...all.map((point) => point.high)) / yStep) * yStep);
  const x = (labeled: number) => LEFT + ((labeled - left) / (right - left)) * (WIDTH - LEFT - RIGHT);
  const y = (value: number) =>
    HEIGHT - BOTTOM - ((value - bottom) / Math.max(top - bottom, 1e-9)) * (HEIGHT - TOP - BOTTOM);
  const at = (labeled: number, value: number) => `${x(labeled).toFixed(1)},${y(value).toFixed(1)}`;

  const grid = ticks(bottom, top, yStep).map(
    (value) =>
      `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(value).toFixed(1)}" y2="${y(value).toFixed(1)}"/>` +
      `<text x="${LEFT - 8}" y="${(y(value) + 4).toFixed(1)}" text-anchor="end">${Number(value.toFixed(6))}</text>`,
  );
  const axis = ticks(left, right, Math.max(1, niceStep(right - left, 8))).map(
    (value) =>
      `<text x="${x(value).toFixed(1)}" y="${HEIGHT - BOTTOM + 20}" text-anchor="middle">${value}</text>`,
  );
  const drawn = series.map((entry) => {
    const style = seriesStyle(names.indexOf(entry.name));
    const band = [
      ...entry.points.map((point) => at(point.labeled, point.high)),
      ...entry.points.toReversed().map((point) => at(point.labeled, point.low)),
    ];
    const line = entry.points.map((point) => at(point.labeled, point.mean));
    const dots = entry.points.map(
      (point) =>
        `<circle cx="${x(point.labeled).toFixed(1)}" cy="${y(point.mean).toFixed(1)}" r="3"><title>${escapeHtml(entry.name)}, ${point.labeled} labels: ${point.mean.toFixed(1)} (${point.low.toFixed(1)}–${point.high.toFixed(1)})</title></circle>`,
    );
    return `<g ${style}><polygon points="${band.join(" ")}"/><polyline points="${line.join(" ")}"/>${dots.join("")}</g>`;
  });
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(title)}">${grid.join("")}${axis.join("")}<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 6}" text-anchor="middle">labelled patches</text>${drawn.join("")}</svg>`;
}

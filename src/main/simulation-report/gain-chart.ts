import { escapeHtml } from "./escape-html.ts";
import type { Gain } from "./gains.ts";

const WIDTH = 720;
const LEFT = 190;
const RIGHT = 24;
const ROW = 24;
const TOP = 8;
const BOTTOM = 40;

/** Gains in points with their 95 % intervals, every trial's own value as a small dot. */
export function gainChart(gains: readonly Gain[], title: string): string {
  if (gains.length === 0) return "";
  const values = gains.flatMap(({ low, high, mean, values: own }) => [
    low ?? mean,
    high ?? mean,
    ...own.map(({ gain }) => gain),
  ]);
  const bottom = Math.floor(100 * Math.min(0, ...values));
  const top = Math.max(bottom + 1, Math.ceil(100 * Math.max(0, ...values)));
  const step = Math.max(1, Math.ceil((top - bottom) / 10));
  const height = TOP + ROW * gains.length + BOTTOM;
  const x = (points: number) =>
    (LEFT + ((points - bottom) / (top - bottom)) * (WIDTH - LEFT - RIGHT)).toFixed(1);
  const first = Math.ceil(bottom / step) * step;
  const ticks = Array.from({ length: Math.floor((top - first) / step) + 1 }, (_, i) => first + i * step);
  const grid = ticks.map(
    (tick) =>
      `<line class="${tick === 0 ? "zero" : "grid"}" x1="${x(tick)}" x2="${x(tick)}" y1="${TOP}" y2="${height - BOTTOM}"/>` +
      `<text x="${x(tick)}" y="${height - BOTTOM + 16}" text-anchor="middle">${`${tick}`.replace("-", "−")}</text>`,
  );
  const rows = gains.map(({ function: name, mean, low, high, values: own }, index) => {
    const y = TOP + ROW * (index + 0.5);
    const interval =
      low === null || high === null
        ? ""
        : `<line class="bar" x1="${x(100 * low)}" x2="${x(100 * high)}" y1="${y}" y2="${y}"/>`;
    const dots = own.map(
      ({ gain, seed }) =>
        `<circle class="one" cx="${x(100 * gain)}" cy="${y}" r="2"><title>seed ${seed}: ${(100 * gain).toFixed(2)}</title></circle>`,
    );
    return `<text x="${LEFT - 10}" y="${y + 4}" text-anchor="end">${escapeHtml(name)}</text>${dots.join("")}${interval}<circle class="mean" cx="${x(100 * mean)}" cy="${y}" r="4.5"><title>${escapeHtml(name)}: ${(100 * mean).toFixed(2)}</title></circle>`;
  });
  return `<svg class="gains" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeHtml(title)}">${grid.join("")}<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${height - 6}" text-anchor="middle">points of micro F1 above random</text>${rows.join("")}</svg>`;
}

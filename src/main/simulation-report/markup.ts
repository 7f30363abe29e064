import { escapeHtml } from "./escape-html.ts";
import type { Estimate } from "./student.ts";

/** F1 as a percentage, with the half width of its interval. */
export function percent(estimate: Estimate | null): string {
  if (!estimate) return "–";
  const mean = (100 * estimate.mean).toFixed(1);
  return estimate.halfWidth === null
    ? mean
    : `${mean} <small>± ${(100 * estimate.halfWidth).toFixed(1)}</small>`;
}

/** A difference of F1 in points, with its sign. */
export function points(value: number, digits = 1): string {
  const text = (100 * value).toFixed(digits);
  return value > 0 && Number(text) !== 0 ? `+${text}` : text.replace(/^-(0(\.0+)?)$/, "$1").replace("-", "−");
}

export function signed(estimate: Estimate | null): string {
  if (!estimate) return "–";
  const { mean, halfWidth } = estimate;
  return halfWidth === null
    ? points(mean)
    : `${points(mean)} <small>± ${(100 * halfWidth).toFixed(1)}</small>`;
}

/** A table; heads are text, cells are markup. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = heads.map((text) => `<th>${escapeHtml(text)}</th>`).join("");
  const body = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`);
  return `<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table></div>`;
}

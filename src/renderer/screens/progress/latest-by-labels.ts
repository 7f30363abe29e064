import type { CurvePoint } from "../../../shared/domain/project.ts";

/** Of several models trained on as many patches the last one, in the order of the curve. */
export function latestByLabels(points: readonly CurvePoint[]): CurvePoint[] {
  return [...new Map(points.map((point) => [point.labeled, point])).values()];
}

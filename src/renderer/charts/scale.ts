/** Maps `domain` linearly to `range`; a domain without extent maps to the middle. */
export function linearScale(
  domain: readonly [number, number],
  range: readonly [number, number],
): (value: number) => number {
  const extent = domain[1] - domain[0];
  if (extent === 0) return () => (range[0] + range[1]) / 2;
  return (value) => range[0] + ((value - domain[0]) / extent) * (range[1] - range[0]);
}

/** Round numbers (1, 2, 5 × 10ⁿ apart) inside [low, high], about `wanted` of them. */
export function niceTicks(low: number, high: number, wanted: number): number[] {
  if (!(high > low) || wanted < 1) return [low];
  const rough = (high - low) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= rough) ?? 10;
  const step = factor * power;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toPrecision(12)));
}

/**
 * The smallest range of round numbers around the values, kept inside `limits`.
 * @param span the range is at least this wide, so that small differences are not drawn large
 */
export function niceDomain(
  values: readonly number[],
  limits: readonly [number, number] = [-Infinity, Infinity],
  span = 0,
): [number, number] {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return [0, 1];
  const widen = Math.max(0, span - (Math.max(...finite) - Math.min(...finite))) / 2;
  const low = Math.min(...finite) - widen;
  const high = Math.max(...finite) + widen;
  const padding = high > low ? (high - low) * 0.08 : Math.abs(high) * 0.1 || 0.1;
  const step = niceStep((high - low + 2 * padding) / 5);
  return [
    Math.max(limits[0], Number((Math.floor((low - padding) / step) * step).toPrecision(12))),
    Math.min(limits[1], Number((Math.ceil((high + padding) / step) * step).toPrecision(12))),
  ];
}

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  return ([1, 2, 5, 10].find((candidate) => candidate * power >= rough) ?? 10) * power;
}

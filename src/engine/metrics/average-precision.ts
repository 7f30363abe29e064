/**
 * Average precision: Σ (Rₙ − Rₙ₋₁)·Pₙ over falling thresholds, ties taken together, as in scikit-learn's
 * `average_precision_score`.
 * @param scores larger = more likely present
 * @param truth 1 present, 0 absent, one entry a score
 * @returns null where nothing is present
 */
export function averagePrecision(scores: ArrayLike<number>, truth: ArrayLike<number>): number | null {
  const order = Uint32Array.from({ length: scores.length }, (_, i) => i).sort(
    (a, b) => scores[b]! - scores[a]!,
  );
  let positives = 0;
  for (let i = 0; i < truth.length; i++) if (truth[i] === 1) positives++;
  if (positives === 0) return null;
  let area = 0;
  let found = 0;
  let at = 0;
  while (at < order.length) {
    const score = scores[order[at]!]!;
    let foundHere = 0;
    while (at < order.length && scores[order[at]!] === score) {
      if (truth[order[at]!] === 1) foundHere++;
      at++;
    }
    found += foundHere;
    area += (foundHere / positives) * (found / at);
  }
  return area;
}

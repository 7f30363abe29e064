/** How two models' decisions compare. */
export interface Agreement {
  /** Share of the decisions that differ. */
  readonly flipped: number;
  /** Cohen's κ; null where chance alone explains all of the agreement (both say the same of everything). */
  readonly kappa: number | null;
}

/**
 * Cohen's κ = (A₀ − Aₑ) / (1 − Aₑ) over all (patch, class) decisions, as in "stabilizing predictions" (Bloodgood and
 * Vijay-Shanker 2009, "A method for stopping active learning based on stabilizing predictions", § 3).
 * @param before decisions of the earlier model: 1 present, 0 absent
 * @param after decisions of the later model about the same
 */
export function agreementOf(before: ArrayLike<number>, after: ArrayLike<number>): Agreement | null {
  const total = before.length;
  if (total === 0) return null;
  let same = 0;
  let presentBefore = 0;
  let presentAfter = 0;
  for (let at = 0; at < total; at++) {
    if (before[at] === after[at]) same++;
    presentBefore += before[at]!;
    presentAfter += after[at]!;
  }
  const observed = same / total;
  const p = presentBefore / total;
  const q = presentAfter / total;
  const byChance = p * q + (1 - p) * (1 - q);
  return {
    flipped: 1 - observed,
    kappa: byChance >= 1 ? null : (observed - byChance) / (1 - byChance),
  };
}

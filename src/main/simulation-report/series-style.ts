const COLOURS = 8;
const DASHES = ["", "7 4", "2 3", "10 3 2 3"] as const;

/** Attributes that tell curves apart: eight colours, then the same with other dashes. */
export function seriesStyle(index: number): string {
  const dash = DASHES[Math.floor(index / COLOURS) % DASHES.length];
  return `style="--series: var(--c${Math.max(0, index) % COLOURS})"${dash ? ` stroke-dasharray="${dash}"` : ""}`;
}

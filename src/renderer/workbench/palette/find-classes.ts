import type { NestedClass } from "./order-by-parent.ts";

/** How well a name answers to what was typed: its beginning, a word's beginning, anywhere; null for not at all. */
function rank(name: string, wanted: string): number | null {
  const at = name.indexOf(wanted);
  if (at < 0) return null;
  if (at === 0) return 0;
  return name.split(/[\s,/()-]+/).some((word) => word.startsWith(wanted)) ? 1 : 2;
}

/**
 * The classes whose name answers to what was typed, best first, so that few letters and enter are enough:
 * by where the letters stand in the name, then by how probable the model finds the class on the patch,
 * then in palette order. Without letters, all of them in palette order.
 *
 * @param probabilities class id → probability of the focused patch; null without a model
 */
export function findClasses(
  rows: readonly NestedClass[],
  typed: string,
  probabilities: Readonly<Record<string, number>> | null,
): readonly NestedClass[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === "") return rows;
  const probability = ({ entry }: NestedClass) => probabilities?.[entry.id] ?? 0;
  return rows
    .flatMap((row) => {
      const found = rank(row.entry.name.toLowerCase(), wanted);
      return found === null ? [] : [{ row, found }];
    })
    .sort((a, b) => a.found - b.found || probability(b.row) - probability(a.row))
    .map(({ row }) => ({ ...row, depth: 0 }));
}

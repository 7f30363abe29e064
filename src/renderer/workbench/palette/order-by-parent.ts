import type { TaxonomyClass } from "../../../shared/domain/taxonomy.ts";

export interface NestedClass {
  readonly entry: TaxonomyClass;
  readonly depth: number;
}

/** Classes in palette order, each followed by its children. */
export function orderByParent(all: readonly TaxonomyClass[]): NestedClass[] {
  const ids = new Set(all.map((entry) => entry.id));
  const children = Map.groupBy(all, (entry) =>
    entry.parentId !== null && ids.has(entry.parentId) ? entry.parentId : null,
  );
  const placed = new Set<number>();
  function below(parentId: number | null, depth: number): NestedClass[] {
    return (children.get(parentId) ?? []).flatMap((entry) => {
      placed.add(entry.id);
      return [{ entry, depth }, ...below(entry.id, depth + 1)];
    });
  }
  const nested = below(null, 0);
  // Classes that are each other's parents hang from nothing; they are shown all the same.
  const rest = all.filter((entry) => !placed.has(entry.id)).map((entry) => ({ entry, depth: 0 }));
  return [...nested, ...rest];
}

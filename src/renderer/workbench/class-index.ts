import { useMemo } from "react";
import type { TaxonomyClass } from "../../shared/domain/taxonomy.ts";
import { useApp } from "../state/app-store.ts";

const NONE: readonly TaxonomyClass[] = [];

/** The project's classes in palette order. */
export function useClasses(): readonly TaxonomyClass[] {
  return useApp((app) => app.project?.classes ?? NONE);
}

/** Class id → class. */
export function useClassIndex(): ReadonlyMap<number, TaxonomyClass> {
  const classes = useClasses();
  return useMemo(() => new Map(classes.map((entry) => [entry.id, entry])), [classes]);
}

/** Key name → class id. */
export function classOfKey(classes: readonly TaxonomyClass[]): ReadonlyMap<string, number> {
  return new Map(classes.flatMap((entry) => (entry.key ? [[entry.key, entry.id] as const] : [])));
}

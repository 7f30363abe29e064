import type { RegistryEntry } from "../../shared/domain/learning.ts";

/** The usual function, or while nothing can be trained yet the first that does without a model. */
export function firstFunction(
  functions: readonly RegistryEntry[],
  usual: string,
  trainable: boolean,
): string | null {
  const possible = functions.filter((entry) => trainable || !entry.needsModel);
  return (possible.find((entry) => entry.id === usual) ?? possible[0])?.id ?? null;
}

/** The object without the keys that are undefined: for `exactOptionalPropertyTypes` and for spreading. */
export function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  // The filter above is what the result type says, which the compiler can't follow through entries.
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

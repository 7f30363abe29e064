import type { NamedArrays } from "../embeddings/named-arrays.ts";

/** The same arrays under longer names. */
export function prefixed(arrays: NamedArrays, prefix: string): NamedArrays {
  return Object.fromEntries(Object.entries(arrays).map(([name, values]) => [prefix + name, values]));
}

/** The arrays whose names begin with a prefix, without it. */
export function pick(arrays: NamedArrays, prefix: string): NamedArrays {
  return Object.fromEntries(
    Object.entries(arrays).flatMap(([name, values]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), values]] : [],
    ),
  );
}

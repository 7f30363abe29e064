/** A way to paint a patch. */
export interface CompositeKind {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /**
   * "rgb": three bands as red, green and blue, each stretched; "grey": one band, stretched;
   * "index": normalised difference (a − b) / (a + b) of two bands through a colour map, never stretched.
   */
  readonly paint: "rgb" | "grey" | "index";
  /** The bands that are painted, of those that there are; null where the composite can't be made. */
  choose(bandNames: readonly string[]): readonly string[] | null;
}

/** The names when none is missing. */
export function complete(names: readonly (string | null)[]): readonly string[] | null {
  return names.every((name) => name !== null) ? names : null;
}

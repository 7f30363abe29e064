import type { ColorMapId } from "../../shared/display/color-maps.ts";
import type { Paint } from "../../shared/domain/imagery.ts";

/** A way to paint a patch. */
export interface CompositeKind {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly paint: Paint;
  /** For one band and for an index, where the user chose none. */
  readonly colorMap?: ColorMapId;
  /**
   * The bands that are painted, of those that there are; null where the composite can't be made.
   * @param chosen the bands that the user chose, for kinds that leave the choice open
   */
  choose(bandNames: readonly string[], chosen?: readonly string[]): readonly string[] | null;
}

/** The names when none is missing. */
export function complete(names: readonly (string | null)[]): readonly string[] | null {
  return names.every((name) => name !== null) ? names : null;
}

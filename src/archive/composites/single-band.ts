import { bandForRole } from "../sensors/band-names.ts";
import type { CompositeKind } from "./composite-kind.ts";

/** The band that the user chose; else near infrared, in which land cover differs most, or the first band. */
export const singleBand = {
  id: "single-band",
  name: "Single band",
  description: "One band, in grey or through a colour map.",
  paint: "band",
  colorMap: "grey",
  choose: (bands, chosen) => {
    const [wanted] = chosen ?? [];
    if (wanted !== undefined) return bands.includes(wanted) ? [wanted] : null;
    const [first] = bands;
    return first === undefined ? null : [bandForRole("nir", bands) ?? first];
  },
} as const satisfies CompositeKind;

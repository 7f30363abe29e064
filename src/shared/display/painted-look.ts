import { z } from "zod";
import { paintSchema } from "../domain/imagery.ts";
import { COLOR_MAP_IDS } from "./color-maps.ts";

/** How a patch is painted, in numbers: what a legend shows, and all that painting raw planes takes. */
export const paintedLookSchema = z.object({
  paint: paintSchema,
  /** Red, green and blue, or the one band or index: which bands it is made of, and what its range is. */
  channels: z.array(
    z.object({
      name: z.string(),
      /** One band, or the a and b of the normalised difference (a − b) / (a + b). */
      bands: z.array(z.string()).min(1).max(2),
      /** The value that becomes black or the map's first colour … */
      low: z.number(),
      /** … and the one that becomes white or the last. Equal to `low` where there is one value only. */
      high: z.number(),
    }),
  ),
  /** brightness = ((value − low) / (high − low)) ^ (1 / gamma), cut off at 0 and 1. */
  gamma: z.number(),
  /** Null for three bands. */
  colorMap: z.enum(COLOR_MAP_IDS).nullable(),
});
export type PaintedLook = z.infer<typeof paintedLookSchema>;

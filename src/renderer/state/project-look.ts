import { z } from "zod";
import { COLOR_MAP_IDS } from "../../shared/display/color-maps.ts";
import { stretchSchema } from "../../shared/domain/imagery.ts";

/** How one composite is shown, as far as it differs from the composite's own way. */
const lookSettingsSchema = z.object({
  /** Null: the composite's own. */
  stretch: stretchSchema.nullable(),
  gamma: z.number(),
  /** Null: the composite's own. */
  colorMap: z.enum(COLOR_MAP_IDS).nullable(),
});
export type LookSettings = z.infer<typeof lookSettingsSchema>;
export const USUAL_LOOK: LookSettings = { stretch: null, gamma: 1, colorMap: null };

/** The composites whose bands the user chooses. */
export const CUSTOM = "custom";
export const SINGLE_BAND = "single-band";

/** What a project's pictures are looked at with. */
export const projectLookSchema = z.object({
  /** A composite's id, "custom", or null for the project's first one. */
  composite: z.string().nullable(),
  /** Composite's id → the bands that the user chose for it. */
  bands: z.record(z.string(), z.array(z.string())),
  /** Composite's id → its settings, where they were changed. */
  settings: z.record(z.string(), lookSettingsSchema),
});
export type ProjectLook = z.infer<typeof projectLookSchema>;
export const FIRST_LOOK: ProjectLook = { composite: null, bands: {}, settings: {} };

const earlierSchema = z.object({
  composite: z.string().nullable().catch(null),
  custom: z
    .object({ bands: z.array(z.string()), stretch: stretchSchema, gamma: z.number() })
    .nullable()
    .catch(null),
});

/** What the first version kept on this machine, where only the custom composite had settings. */
export function fromEarlierView(kept: unknown): ProjectLook {
  const parsed = earlierSchema.safeParse(kept);
  if (!parsed.success) return FIRST_LOOK;
  const { composite, custom } = parsed.data;
  if (!custom) return { ...FIRST_LOOK, composite };
  const { bands, stretch, gamma } = custom;
  const id = bands.length === 1 ? SINGLE_BAND : CUSTOM;
  return {
    composite: composite === CUSTOM ? id : composite,
    bands: { [id]: bands },
    settings: { [id]: { stretch, gamma, colorMap: null } },
  };
}

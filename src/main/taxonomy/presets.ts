import { z } from "zod";
import bigearthnet from "../../../resources/taxonomies/bigearthnet-19.json" with { type: "json" };
import eurosat from "../../../resources/taxonomies/eurosat-10.json" with { type: "json" };
import landCover from "../../../resources/taxonomies/land-cover-8.json" with { type: "json" };
import treesatai from "../../../resources/taxonomies/treesatai-15.json" with { type: "json" };
import ucmerced from "../../../resources/taxonomies/ucmerced-17.json" with { type: "json" };
import { demoTaxonomy } from "../../archive/demo/classes.ts";
import { CLASS_COLORS, CLASS_KEYS, classInputSchema } from "../../shared/domain/taxonomy.ts";

const presetSchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  classes: z.array(classInputSchema),
});
export type TaxonomyPreset = z.infer<typeof presetSchema>;

/** Keys and colours that a preset leaves open follow the palette's order. */
function complete(preset: TaxonomyPreset): TaxonomyPreset {
  const classes = preset.classes.map((entry, position) => ({
    ...entry,
    key: entry.key ?? CLASS_KEYS[position] ?? null,
    color: entry.color ?? CLASS_COLORS[position % CLASS_COLORS.length] ?? "#888888",
  }));
  return { ...preset, classes };
}

/** Every preset, in the order in which it is offered. Adding one = its file and one line here. */
export const TAXONOMY_PRESETS: readonly TaxonomyPreset[] = [
  landCover,
  bigearthnet,
  eurosat,
  treesatai,
  ucmerced,
  {
    id: "demo",
    name: "Demo archive (12 classes)",
    description: "Land cover of the demo archive.",
    classes: demoTaxonomy(),
  },
].map((preset) => complete(presetSchema.parse(preset)));

import { CLASS_KEYS } from "../../shared/domain/taxonomy.ts";

export interface DemoClass {
  readonly name: string;
  readonly color: string;
  readonly description: string;
  /** Share of a patch's pixels, from 0 to 1, above which the class counts as present. */
  readonly presence: number;
}

/**
 * The land cover of the demo archive. A class covers a patch "for a label" from 7 % of its pixels
 * (the rule of TreeSatAI's multi-labels); narrow classes count earlier, because an analyst sees them earlier.
 */
export const DEMO_CLASSES = [
  {
    name: "Water",
    color: "#2b6cb0",
    description: "Sea, lakes and ponds: dark and smooth in every band, darkest in the infrared.",
    presence: 0.07,
  },
  {
    name: "River",
    color: "#4fb3d9",
    description: "Flowing water: a narrow winding band, often more turbid than a lake.",
    presence: 0.04,
  },
  {
    name: "Broadleaf forest",
    color: "#3f9b4f",
    description: "Deciduous trees: bright in the near infrared, with the soft grain of crowns.",
    presence: 0.07,
  },
  {
    name: "Coniferous forest",
    color: "#1e5b3a",
    description:
      "Needle-leaved trees: darker than broadleaf forest in the near infrared, with a rough grain.",
    presence: 0.07,
  },
  {
    name: "Arable land",
    color: "#d9a82b",
    description: "Fields under a crop, green or ripe: straight-edged, each of one even tone.",
    presence: 0.07,
  },
  {
    name: "Pasture",
    color: "#9bc53d",
    description: "Meadows and grazing: green but patchier than a crop, drier on slopes.",
    presence: 0.07,
  },
  {
    name: "Vineyard",
    color: "#8f4fa8",
    description: "Rows of vines or fruit trees over soil: fine stripes, half green and half brown.",
    presence: 0.07,
  },
  {
    name: "Bare ground",
    color: "#a9754b",
    description: "Ploughed fields, quarries and rock: hardly any vegetation.",
    presence: 0.07,
  },
  {
    name: "Urban fabric",
    color: "#d64545",
    description: "Towns and villages: roofs, streets and gardens mixed within a few pixels.",
    presence: 0.07,
  },
  {
    name: "Industrial area",
    color: "#7a6f8f",
    description: "Large roofs and sealed yards, warehouses and plants beside the towns.",
    presence: 0.05,
  },
  {
    name: "Sand",
    color: "#f0d58c",
    description: "Beaches, dunes and the banks of rivers: very bright, brightest in the short-wave infrared.",
    presence: 0.03,
  },
  {
    name: "Wetland",
    color: "#3a8f8a",
    description: "Reeds, marsh and bog: vegetation over water, dark in the short-wave infrared.",
    presence: 0.06,
  },
] as const satisfies readonly DemoClass[];

/** Pixel codes of the cover raster: 0 = none of the classes (roads), otherwise 1 + position in `DEMO_CLASSES`. */
export const COVER = {
  none: 0,
  water: 1,
  river: 2,
  broadleaf: 3,
  conifer: 4,
  arable: 5,
  pasture: 6,
  vineyard: 7,
  bare: 8,
  urban: 9,
  industrial: 10,
  sand: 11,
  wetland: 12,
} as const;

export type Cover = (typeof COVER)[keyof typeof COVER];

/** The classes in the form of a taxonomy file: name, key, colour, description. */
export function demoTaxonomy(): { name: string; key: string; color: string; description: string }[] {
  return DEMO_CLASSES.map(({ name, color, description }, position) => ({
    name,
    key: CLASS_KEYS[position]!,
    color,
    description,
  }));
}

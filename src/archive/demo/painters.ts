import { COVER } from "./classes.ts";
import { SEGMENT } from "./land.ts";
import { hash, hashUnit } from "./noise.ts";
import type { SceneRecipe } from "./recipes.ts";
import { MATERIAL } from "./spectra.ts";

/** What a painter decides for one pixel; see `Surface`. */
export interface Paint {
  first: number;
  second: number;
  mix: number;
  brightness: number;
}

/** What a painter may look at: the scene, and three kinds of seeded variation with about unit variance. */
export interface Spot {
  readonly recipe: SceneRecipe;
  x: number;
  y: number;
  segment: number;
  edge: number;
  across: number;
  /** Changes over about 3 pixels. */
  fine: number;
  /** Changes over about 16 pixels. */
  patchy: number;
  /** Independent between pixels, 0 to 1. */
  grain: number;
}

export type Painter = (spot: Spot, paint: Paint) => void;

/** A property of a segment, between `low` and `high`. */
function between(spot: Spot, property: number, low: number, high: number): number {
  return low + (high - low) * hashUnit(spot.segment, property);
}

/** Waves of period `period` pixels across a field: plant rows, wheel tracks, terraces. */
function rows(spot: Spot, period: number): number {
  return Math.sin((2 * Math.PI * spot.across) / period);
}

function soilOf(spot: Spot): number {
  return hashUnit(spot.segment, 21) < spot.recipe.paleSoil ? MATERIAL.paleSoil : MATERIAL.soil;
}

function paintVerge(spot: Spot, paint: Paint, hedge: boolean): void {
  paint.first = hedge ? MATERIAL.broadleaf : MATERIAL.dryGrass;
  paint.second = soilOf(spot);
  paint.mix = hedge ? 0.1 : 0.35;
  paint.brightness = hedge ? 0.8 : 1.04;
}

/** Pixels of a hedge or verge on its own side of a boundary; below 1 it would break into dashes. */
const RIM = 1;
/** Half the width of a street, which lies on both sides of a boundary: half a pixel's diagonal leaves no gaps. */
const STREET = 0.72;

/** True at the rim of a parcel, which is then painted as a verge or a hedge. */
function paintRim(spot: Spot, paint: Paint): boolean {
  if (spot.edge > RIM) return false;
  const kind = hashUnit(spot.segment, 22);
  if (kind < 0.6) return false;
  paintVerge(spot, paint, kind > 0.84);
  return true;
}

const paintWater: Painter = (spot, paint) => {
  paint.first = MATERIAL.clearWater;
  if (spot.edge < 1.6 && spot.grain < 0.3 && spot.recipe.sea > 0) {
    paint.second = MATERIAL.foam;
    paint.mix = 0.25;
  } else {
    paint.second = MATERIAL.turbidWater;
    paint.mix = 0.12 + 0.55 * Math.exp(-spot.edge / 22) + 0.05 * spot.patchy;
  }
  paint.brightness = 1 + 0.02 * spot.fine;
};

const paintRiver: Painter = (spot, paint) => {
  paint.first = MATERIAL.clearWater;
  paint.second = spot.edge < 0.5 ? MATERIAL.wetSand : MATERIAL.turbidWater;
  paint.mix = 0.55 + 0.15 * spot.patchy;
  paint.brightness = 1 + 0.04 * spot.fine;
};

const paintBroadleaf: Painter = (spot, paint) => {
  const clearing = hashUnit(spot.segment, 31) < 0.03;
  const turned = hashUnit(spot.segment, 35) < spot.recipe.autumn;
  paint.first = clearing ? MATERIAL.grass : turned ? MATERIAL.autumnLeaf : MATERIAL.broadleaf;
  paint.second = hashUnit(spot.segment, 32) < 0.7 ? MATERIAL.conifer : MATERIAL.dryGrass;
  paint.mix = between(spot, 33, 0, 0.26) + 0.08 * spot.patchy;
  paint.brightness = between(spot, 34, 0.84, 1.1) + 0.07 * spot.fine + 0.14 * (spot.grain - 0.5);
};

const paintConifer: Painter = (spot, paint) => {
  const felled = hashUnit(spot.segment, 41) < 0.05;
  paint.first = MATERIAL.conifer;
  paint.second = felled ? MATERIAL.dryGrass : MATERIAL.broadleaf;
  paint.mix = (felled ? 0.45 : 0) + between(spot, 43, 0, 0.26) + 0.08 * spot.patchy;
  paint.brightness = between(spot, 44, 0.82, 1.12) + 0.09 * spot.fine + 0.26 * (spot.grain - 0.5);
};

const paintArable: Painter = (spot, paint) => {
  if (paintRim(spot, paint)) return;
  const stage = hashUnit(spot.segment, 51);
  const { green, ripe } = spot.recipe;
  paint.first = stage < green ? MATERIAL.crop : MATERIAL.ripeCrop;
  paint.second = soilOf(spot);
  paint.mix = between(spot, 52, 0, 0.32);
  if (stage > green + ripe) {
    // Turning from green to yellow.
    paint.second = MATERIAL.crop;
    paint.mix = between(spot, 52, 0.25, 0.6);
  }
  paint.mix += 0.05 * spot.patchy + 0.03 * rows(spot, between(spot, 53, 2.6, 5));
  paint.brightness = between(spot, 54, 0.9, 1.1) + 0.015 * spot.fine;
};

const paintPasture: Painter = (spot, paint) => {
  if (paintRim(spot, paint)) return;
  paint.first = MATERIAL.grass;
  paint.second = hashUnit(spot.segment, 61) < 0.2 ? MATERIAL.soil : MATERIAL.dryGrass;
  paint.mix = spot.recipe.drought * 0.5 + between(spot, 62, -0.05, 0.25) + 0.11 * spot.patchy;
  paint.brightness = between(spot, 63, 0.9, 1.1) + 0.035 * spot.fine;
  if (spot.grain > 0.992) paint.brightness *= 0.7;
};

const paintVineyard: Painter = (spot, paint) => {
  if (paintRim(spot, paint)) return;
  paint.first = MATERIAL.vine;
  paint.second = hashUnit(spot.segment, 71) < 0.35 ? MATERIAL.dryGrass : soilOf(spot);
  const stripes = rows(spot, between(spot, 72, 2.4, 4.2));
  paint.mix = between(spot, 73, 0.38, 0.62) + 0.2 * stripes + 0.06 * spot.patchy;
  paint.brightness = between(spot, 74, 0.9, 1.08) + 0.02 * spot.fine;
};

const paintBare: Painter = (spot, paint) => {
  const natural = spot.segment === SEGMENT.rock;
  paint.first = natural ? MATERIAL.rock : soilOf(spot);
  paint.second = MATERIAL.dryGrass;
  paint.mix = natural
    ? 0.25 + 0.2 * spot.patchy + 0.5 * Math.exp(-spot.edge / 5)
    : between(spot, 81, 0, 0.2) + 0.04 * spot.patchy;
  const texture = natural ? 0.09 * spot.fine : 0.02 * spot.fine + 0.025 * rows(spot, 3.1);
  paint.brightness = (natural ? 0.85 : between(spot, 82, 0.82, 1.12)) + texture;
};

const paintUrban: Painter = (spot, paint) => {
  if (spot.edge < STREET) {
    paint.first = MATERIAL.asphalt;
    paint.second = MATERIAL.grass;
    paint.mix = 0.35;
    paint.brightness = 0.92;
    return;
  }
  // One lot is two by two pixels; the density of building falls towards the outskirts.
  const lot = hash(hash(spot.segment, spot.x >> 1), spot.y >> 1);
  const built = hashUnit(lot, 1) < 0.3 + 0.55 * spot.across;
  const roof = 0.6 * hashUnit(lot, 2) + 0.4 * hashUnit(spot.segment, 3);
  paint.first = roof < 0.52 ? MATERIAL.tileRoof : roof < 0.9 ? MATERIAL.greyRoof : MATERIAL.whiteRoof;
  paint.second = hashUnit(lot, 3) < 0.5 ? MATERIAL.grass : MATERIAL.broadleaf;
  paint.mix = built ? 0.15 + 0.3 * hashUnit(lot, 4) : 0.55 + 0.35 * hashUnit(lot, 4);
  paint.brightness = 0.84 + 0.16 * hashUnit(lot, 5) + 0.05 * (spot.grain - 0.5);
};

const paintIndustrial: Painter = (spot, paint) => {
  const hall = between(spot, 91, 1.2, 3.2);
  const kind = hashUnit(spot.segment, 92);
  paint.brightness = between(spot, 93, 0.82, 1.08) + 0.02 * spot.fine;
  if (kind < 0.14) {
    paint.first = MATERIAL.dryGrass;
    paint.second = MATERIAL.asphalt;
    paint.mix = 0.3 + 0.15 * spot.patchy;
  } else if (spot.edge > hall && spot.grain < 0.985) {
    paint.first = kind < 0.5 ? MATERIAL.greyRoof : kind < 0.82 ? MATERIAL.whiteRoof : MATERIAL.blueRoof;
    paint.second = MATERIAL.asphalt;
    paint.mix = between(spot, 94, 0, 0.35);
  } else {
    paint.first = MATERIAL.asphalt;
    paint.second = spot.grain < 0.2 ? MATERIAL.whiteRoof : MATERIAL.greyRoof;
    paint.mix = 0.3 * spot.grain + 0.1;
  }
};

const paintSand: Painter = (spot, paint) => {
  const dune = spot.edge > Math.max(5, spot.recipe.beach * 0.7) && spot.patchy > 0;
  paint.first = MATERIAL.drySand;
  paint.second = dune ? MATERIAL.dryGrass : MATERIAL.wetSand;
  paint.mix = dune ? 0.3 + 0.2 * spot.patchy : Math.exp(-spot.edge / 1.4);
  paint.brightness = 0.97 + 0.03 * spot.fine;
};

const paintWetland: Painter = (spot, paint) => {
  paint.first = spot.patchy > 1.1 ? MATERIAL.grass : MATERIAL.reed;
  paint.second = MATERIAL.bogWater;
  // Winding channels where the noise changes its sign.
  const channel = Math.max(0, 1 - Math.abs(spot.patchy) / 0.22);
  paint.mix = 0.3 + 0.1 * spot.patchy + 0.1 * spot.fine + 0.55 * channel;
  paint.brightness = 0.98 + 0.05 * spot.fine;
};

const paintRoad: Painter = (_spot, paint) => {
  paint.first = MATERIAL.asphalt;
  paint.second = MATERIAL.dryGrass;
  paint.mix = 0.25;
  paint.brightness = 1.08;
};

/** Indexed by the codes of `COVER`. */
export const PAINTERS: readonly Painter[] = (() => {
  const painters: Painter[] = [];
  painters[COVER.none] = paintRoad;
  painters[COVER.water] = paintWater;
  painters[COVER.river] = paintRiver;
  painters[COVER.broadleaf] = paintBroadleaf;
  painters[COVER.conifer] = paintConifer;
  painters[COVER.arable] = paintArable;
  painters[COVER.pasture] = paintPasture;
  painters[COVER.vineyard] = paintVineyard;
  painters[COVER.bare] = paintBare;
  painters[COVER.urban] = paintUrban;
  painters[COVER.industrial] = paintIndustrial;
  painters[COVER.sand] = paintSand;
  painters[COVER.wetland] = paintWetland;
  return painters;
})();

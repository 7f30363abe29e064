import { describe, expect, it } from "vitest";
import { compositesFor } from "../../../src/archive/composites/index.ts";
import { currentLook } from "../../../src/renderer/components/current-look.ts";
import { FIRST_LOOK, fromEarlierView, type ProjectLook } from "../../../src/renderer/state/project-look.ts";
import { DEFAULT_STRETCH } from "../../../src/shared/domain/imagery.ts";

const BANDS = ["B02", "B03", "B04", "B08", "B11", "B12"];
const OFFERED = compositesFor(BANDS);

function look(change: Partial<ProjectLook>) {
  return currentLook(OFFERED, BANDS, { ...FIRST_LOOK, ...change });
}

describe("the look in use", () => {
  it("is the project's first composite in its own way", () => {
    expect(look({})).toMatchObject({
      composite: { id: "true-colour", gamma: 1 },
      name: "True colour",
      bands: ["B04", "B03", "B02"],
      stretch: DEFAULT_STRETCH,
      colorMap: null,
      isAdjusted: false,
    });
    expect(look({ composite: "nothing" }).composite).toEqual({ id: "true-colour", gamma: 1 });
  });

  it("keeps what was set for each composite", () => {
    const stretch = { ...DEFAULT_STRETCH, method: "min-max" as const };
    const settings = {
      ndvi: { stretch: null, gamma: 1, colorMap: "magma" as const },
      geology: { stretch, gamma: 2, colorMap: null },
    };
    expect(look({ composite: "ndvi", settings })).toMatchObject({
      composite: { id: "ndvi", gamma: 1, colorMap: "magma" },
      stretch: { method: "fixed", limits: null },
      isAdjusted: true,
    });
    expect(look({ composite: "geology", settings })).toMatchObject({
      composite: { stretch, gamma: 2 },
      colorMap: null,
    });
    expect(look({ composite: "ndwi", settings }).isAdjusted).toBe(false);
  });

  it("shows bands that were chosen, as far as the project has them", () => {
    const bands = { custom: ["B12", "B08", "B03"], "single-band": ["B12"] };
    expect(look({ composite: "custom", bands })).toMatchObject({
      composite: { id: "custom", bands: bands.custom },
      name: null,
    });
    expect(look({ composite: "single-band", bands }).composite).toMatchObject({ bands: ["B12"] });
    expect(look({ composite: "custom", bands: { custom: ["Red", "B08", "B03"] } }).bands).toEqual([
      "B04",
      "B03",
      "B02",
    ]);
    expect(look({ composite: "single-band", bands: { "single-band": ["NIR"] } }).bands).toEqual(["B08"]);
  });

  it("is something even before the project is known", () => {
    expect(currentLook([], [], FIRST_LOOK).composite).toEqual({ id: "true-colour", gamma: 1 });
  });
});

describe("what the first version kept", () => {
  it("is taken over", () => {
    const custom = { bands: ["B08", "B04", "B03"], stretch: "patch", gamma: 1.5 };
    expect(fromEarlierView({ composite: "custom", custom, tileSize: 200 })).toEqual({
      composite: "custom",
      bands: { custom: custom.bands },
      settings: { custom: { stretch: { ...DEFAULT_STRETCH, scope: "patch" }, gamma: 1.5, colorMap: null } },
    });
    expect(fromEarlierView({ composite: "custom", custom: { ...custom, bands: ["B08"] } })).toMatchObject({
      composite: "single-band",
      bands: { "single-band": ["B08"] },
    });
    expect(fromEarlierView({ composite: "ndvi", custom: null })).toEqual({
      ...FIRST_LOOK,
      composite: "ndvi",
    });
    expect(fromEarlierView("nonsense")).toEqual(FIRST_LOOK);
  });
});

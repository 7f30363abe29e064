import { describe, expect, it } from "vitest";
import {
  type Draft,
  EMPTY_DRAFT,
  problemOfStep,
} from "../../../../src/renderer/screens/new-project/draft.ts";
import {
  takenArchive,
  withPreview,
  withTakeOver,
} from "../../../../src/renderer/screens/new-project/known-archive.ts";
import { factsOf } from "../../../../src/renderer/screens/new-project/known-archive-card.tsx";
import { addClasses } from "../../../../src/renderer/taxonomy-editor/draft-class.ts";
import type { KnownArchiveFacts, SourcePreview } from "../../../../src/shared/contracts/app.ts";

const ARCHIVE: KnownArchiveFacts = {
  id: "ucmerced",
  name: "UC Merced Land Use",
  description: "Images with multi-labels.",
  kind: "multi-label",
  classes: [{ name: "airplane" }, { name: "bare soil", key: "9" }],
  images: 826,
  splits: { pool: 690, val: 136, test: 0 },
  problem: null,
};

function preview(changes: Partial<SourcePreview> = {}): SourcePreview {
  return {
    folder: "/data/ucmerced",
    files: 826,
    scenes: 826,
    bytes: 1,
    sensor: "aerial-rgb",
    bandNames: ["red", "green", "blue"],
    dtype: "uint8",
    crs: null,
    sizes: [{ width: 256, height: 256, count: 826 }],
    unreadable: [],
    suggestedGrid: { patchSize: 128, stride: null, edges: "shift", nodataLimit: 0.5 },
    suggestedPatches: 826,
    knownArchive: ARCHIVE,
    ...changes,
  };
}

function look(draft: Draft, found: SourcePreview, asked = found.folder): Draft {
  return { ...draft, ...withPreview(draft, found, asked) };
}
const namesOf = (draft: Draft) => draft.classes.map(({ name }) => name);

describe("a folder that is a known archive", () => {
  it("is taken over with its kind, classes, whole files, name and place", () => {
    const draft = look(EMPTY_DRAFT, preview({ folder: "/data/ucmerced/Images" }), "/data/ucmerced");
    expect(takenArchive(draft)).toBe(ARCHIVE);
    expect(namesOf(draft)).toEqual(["airplane", "bare soil"]);
    expect(draft.classes[1]?.key).toBe("9");
    expect(draft).toMatchObject({
      source: "/data/ucmerced/Images",
      kind: "multi-label",
      name: "UC Merced Land Use",
      parent: "/data",
      grid: { patchSize: "whole", stride: null, nodataLimit: 0.5 },
    });
    for (const step of ["imagery", "patches", "classes", "project"] as const) {
      expect(problemOfStep(draft, step)).toBeNull();
    }
  });

  it("can be left: the usual grid comes back and the classes stay to be used", () => {
    const taken = look(EMPTY_DRAFT, preview());
    const left = { ...taken, ...withTakeOver(taken, false) };
    expect(takenArchive(left)).toBeNull();
    expect(left.grid.patchSize).toBe(128);
    expect(namesOf(left)).toEqual(["airplane", "bare soil"]);
  });

  it("with a problem is shown, and nothing is taken from it", () => {
    const draft = look(
      EMPTY_DRAFT,
      preview({ knownArchive: { ...ARCHIVE, problem: "The table can't be read." } }),
    );
    expect(draft.takeOver).toBe(false);
    expect(draft.classes).toEqual([]);
    expect(withTakeOver(draft, true)).toEqual({ takeOver: false });
  });

  it("does not wipe out classes that the analyst typed before", () => {
    const typed = { ...EMPTY_DRAFT, classes: addClasses([], [{ name: "Mine" }]) };
    const draft = look(typed, preview());
    expect(draft.takeOver).toBe(false);
    expect(namesOf(draft)).toEqual(["Mine"]);
  });

  it("gives way to another folder, with everything that nobody has changed", () => {
    const first = look(EMPTY_DRAFT, preview());
    const second = look(first, preview({ folder: "/scenes/naip", knownArchive: null }));
    expect(second).toMatchObject({ takeOver: false, classes: [], name: "naip", parent: "/scenes" });
    const named = look({ ...first, name: "Mine" }, preview({ folder: "/scenes/naip", knownArchive: null }));
    expect(named.name).toBe("Mine");
  });
});

describe("what labels that are taken over need", () => {
  const taken = look(EMPTY_DRAFT, preview());

  it("is whole files", () => {
    expect(problemOfStep({ ...taken, grid: { ...taken.grid, patchSize: 64 } }, "patches")).not.toBeNull();
  });

  it("is every class of the archive by its name", () => {
    const renamed = taken.classes.map((entry, at) => (at === 1 ? { ...entry, name: "soil" } : entry));
    expect(problemOfStep({ ...taken, classes: renamed }, "classes")).toContain("bare soil");
    expect(problemOfStep({ ...taken, classes: renamed, takeOver: false }, "classes")).toBeNull();
    const more = addClasses(taken.classes, [{ name: "clouds" }]);
    expect(problemOfStep({ ...taken, classes: more }, "classes")).toBeNull();
  });

  it("is room for several classes on one patch", () => {
    expect(problemOfStep({ ...taken, kind: "single-label" }, "classes")).not.toBeNull();
  });
});

describe("the facts of an archive in words", () => {
  it("name classes, images and the splits that hold any", () => {
    expect(factsOf(ARCHIVE)).toBe("2 classes, 826 labelled images: 690 pool, 136 validation");
    expect(factsOf({ ...ARCHIVE, images: 1, splits: null })).toBe("2 classes, 1 labelled image");
  });
});

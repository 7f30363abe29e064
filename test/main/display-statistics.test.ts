import { expect, test } from "vitest";
import type { DecodePool } from "../../src/archive/decode-pool.ts";
import { DisplayStatistics } from "../../src/main/display-statistics.ts";
import type { ShownProject } from "../../src/main/shown-project.ts";
import { DEFAULT_STRETCH } from "../../src/shared/domain/imagery.ts";
import { FieldmarkError } from "../../src/shared/errors.ts";
import { sceneRecord } from "../archive/fixtures.ts";

const STATISTICS = { name: "Grey", min: 0, max: 9, mean: 4, standardDeviation: 2, p2: 1, p98: 8, count: 100 };
const SCENE = { ...DEFAULT_STRETCH, scope: "scene" as const };
const GREY = { name: "Grey", bands: ["Grey"] as const };
const scene = sceneRecord({ width: 500, height: 500 });
const place = { root: "/archive", scene, window: { x: 0, y: 0, width: 64, height: 64 } };
const project: ShownProject = {
  findPlace: () => place,
  statistics: [],
  samplePlaces: () => [place],
  cacheFolder: "/nowhere",
};

/** A pool that fails as often as is said, and then measures. */
function pool(failures: number) {
  const asked: unknown[] = [];
  const run = async (task: unknown, request: unknown) => {
    asked.push({ task, request });
    if (asked.length <= failures) throw new FieldmarkError("unreadable-file", "A file is damaged.");
    return [STATISTICS];
  };
  // Only statistics are asked for here.
  return { asked, pool: { run } as unknown as Pick<DecodePool, "run"> };
}

test("what many patches of a scene ask for is measured once, over the whole scene", async () => {
  const { asked, pool: decoders } = pool(0);
  const statistics = new DisplayStatistics(decoders);
  const all = await Promise.all(
    Array.from({ length: 20 }, () => statistics.of(project, place, [GREY], SCENE)),
  );
  expect(all).toEqual(Array(20).fill([STATISTICS]));
  expect(asked).toEqual([
    {
      task: "statistics",
      request: {
        places: [{ ...place, window: { x: 0, y: 0, width: 500, height: 500 } }],
        channels: [GREY],
      },
    },
  ]);
  statistics.clear();
  await statistics.of(project, place, [GREY], SCENE);
  expect(asked).toHaveLength(2);
});

test("a scene that can't be read leaves patches their own, and is tried again", async () => {
  const { pool: decoders } = pool(1);
  const statistics = new DisplayStatistics(decoders);
  expect(await statistics.of(project, place, [GREY], SCENE)).toEqual([]);
  expect(await statistics.of(project, place, [GREY], SCENE)).toEqual([STATISTICS]);
});

test("nothing is measured for fixed limits, for a patch's own, or where the patch is the scene", async () => {
  const { asked, pool: decoders } = pool(0);
  const statistics = new DisplayStatistics(decoders);
  const whole = { ...place, window: { x: 0, y: 0, width: 500, height: 500 } };
  for (const [where, stretch] of [
    [place, { ...SCENE, method: "fixed" as const }],
    [place, { ...SCENE, scope: "patch" as const }],
    [whole, SCENE],
  ] as const) {
    expect(await statistics.of(project, where, [GREY], stretch)).toEqual([]);
  }
  expect(asked).toEqual([]);
});

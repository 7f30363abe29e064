import { describe, expect, test } from "vitest";
import type { ScanReport } from "../../src/shared/domain/sources.ts";
import type { ProjectStore, StoredFile } from "../../src/store/project-store.ts";
import { ana, makeProject, makeScene, withDatabase } from "./fixture.ts";

const SOURCE = 1;

function file(path: string, change: Partial<StoredFile> = {}): StoredFile {
  return {
    path,
    bytes: 100,
    modified: 1_700_000_000_000.5,
    beside: "",
    fingerprint: "ab".repeat(32),
    facts: '{"width":64}',
    geotransform: "[1,2,3,4,5,6]",
    problem: null,
    reader: 1,
    ...change,
  };
}

function report(): ScanReport {
  const none = { count: 0, paths: [] };
  return {
    finishedAt: "2026-01-01T00:00:00.000Z",
    seconds: 1,
    changes: { files: 1, unchanged: 1, new: none, changed: none, touched: none, missing: none },
    headersRead: 0,
    unreadable: 0,
    scenes: { total: 1, added: 0, changed: 0, missing: 0 },
    patches: { added: 0, leftOut: 0, changed: 0, missing: 0 },
  };
}

/** Scene and patch ids of the fixture are 1, 2, …: one patch of 64 × 64 a scene. */
function update(store: ProjectStore, scan: number, id: number, change = {}, values = true): void {
  const scene = makeScene(`image${id - 1}`, change);
  store.updateScenes(SOURCE, scan, [{ id, scene, valuesChanged: values, recut: values }]);
}

describe("the index of files", () => {
  test("gives back what was saved, the facts of many files once", () => {
    const { store, folder } = makeProject(1);
    const files = [
      file("a.tif"),
      file("b.tif"),
      file("bad.tif", { fingerprint: null, facts: null, geotransform: null, problem: "It is broken." }),
    ];
    store.saveFiles(
      SOURCE,
      files.map((one) => ({ file: one, pending: "new" })),
    );
    expect(store.files(SOURCE)).toEqual(files.map((one) => ({ ...one, pending: "new", missing: false })));
    expect(store.fileTotals(SOURCE)).toEqual({ files: 3, bytes: 300 });
    store.saveFiles(SOURCE, [{ file: file("a.tif", { bytes: 7 }), pending: "changed" }]);
    expect(store.files(SOURCE)[0]).toMatchObject({ bytes: 7, pending: "changed" });
    store.close();
    withDatabase(folder, (database) =>
      expect(database.prepare("SELECT count(*) AS n FROM header").get()).toEqual({ n: 1 }),
    );
  });

  test("a finished scan leaves nothing pending, notes what is missing, and forgets facts nobody has", () => {
    const { store, folder } = makeProject(1);
    expect(store.scanState(SOURCE)).toEqual({ unfinished: false, report: null });
    const scan = store.beginScan(SOURCE);
    expect(store.beginScan(SOURCE)).toBe(scan);
    store.saveFiles(SOURCE, [
      { file: file("a.tif"), pending: "new" },
      { file: file("b.tif", { facts: '{"width":1}' }), pending: "changed" },
    ]);
    store.saveFiles(SOURCE, [{ file: file("b.tif"), pending: "changed" }]);
    expect(store.scanState(SOURCE)).toEqual({ unfinished: true, report: null });
    store.finishScan(SOURCE, scan, ["b.tif"], report());
    expect(store.files(SOURCE).map(({ pending, missing }) => [pending, missing])).toEqual([
      [null, false],
      [null, true],
    ]);
    expect(store.scanState(SOURCE)).toEqual({ unfinished: false, report: report() });
    expect(store.fileTotals(SOURCE).files).toBe(1);
    const next = store.beginScan(SOURCE);
    expect(next).toBeGreaterThan(scan);
    expect(store.scanState(SOURCE)).toEqual({ unfinished: true, report: report() });
    store.finishScan(SOURCE, next, [], report());
    store.close();
    withDatabase(folder, (database) => {
      expect(database.prepare("SELECT facts FROM header").all()).toEqual([{ facts: '{"width":64}' }]);
      expect(database.prepare("SELECT id FROM scan").all()).toEqual([{ id: next }]);
    });
  });
});

describe("scenes that changed", () => {
  test("are cut again, keep their patches, and outdate their embeddings for every encoder once", () => {
    const { store } = makeProject(2);
    store.saveCutScenes([1, 2].map((sceneId) => ({ sceneId, patches: [] })));
    expect(store.uncutScenes(SOURCE)).toEqual([]);
    const scan = store.beginScan(SOURCE);
    update(store, scan, 2);
    expect(store.uncutScenes(SOURCE).map(({ id }) => id)).toEqual([2]);
    expect(store.patchIds()).toEqual(Int32Array.of(1, 2));
    expect(store.outdatedPatches("rcf")).toEqual(Int32Array.of(2));
    store.saveEncoded("rcf", store.newestChange());
    expect(store.outdatedPatches("rcf")).toEqual(new Int32Array(0));
    expect(store.outdatedPatches("stats")).toEqual(Int32Array.of(2));
    store.finishScan(SOURCE, scan, [], report());
    update(store, store.beginScan(SOURCE), 1);
    expect(store.outdatedPatches("rcf")).toEqual(Int32Array.of(1));
  });

  test("are not touched where only their place or time is another", () => {
    const { store } = makeProject(1);
    store.saveCutScenes([{ sceneId: 1, patches: [] }]);
    update(store, store.beginScan(SOURCE), 1, { modified: 5 }, false);
    expect(store.uncutScenes(SOURCE)).toEqual([]);
    expect(store.outdatedPatches("rcf").length).toBe(0);
    expect(store.placeOf(1).scene.modified).toBe(5);
  });
});

describe("imagery that is gone", () => {
  test("keeps patches and labels, out of queries, and comes back", () => {
    const { store, classIds } = makeProject(3);
    store.changeLabels([{ patchId: 2, classId: classIds[0]!, state: "present" }], ana);
    store.markScenesMissing([2]);
    expect(store.items([1, 2]).map(({ imageryMissing }) => imageryMissing)).toEqual([undefined, true]);
    expect(store.labelsOf([2]).get(2)).toEqual({ [classIds[0]!]: "present" });
    expect(store.candidateIds()).toEqual(Int32Array.of(1, 3));
    expect(store.patchIds({ missing: true })).toEqual(Int32Array.of(2));
    expect(store.sourceTotals(SOURCE)).toEqual({
      scenes: 3,
      missingScenes: 1,
      patches: 3,
      missingPatches: 1,
    });
    update(store, store.beginScan(SOURCE), 2, {}, false);
    expect(store.candidateIds()).toEqual(Int32Array.of(1, 2, 3));
    expect(store.sourceTotals(SOURCE).missingScenes).toBe(0);
  });

  test("is what lies outside of a scene that became smaller", () => {
    const { store } = makeProject(1);
    store.addPatches(1, [{ name: "image0@0_0", x: 0, y: 0, width: 32, height: 32 }]);
    update(store, store.beginScan(SOURCE), 1, { width: 32, height: 40 });
    expect(store.patchIds({ missing: true })).toEqual(Int32Array.of(1));
    update(store, store.beginScan(SOURCE), 1, { width: 64, height: 64 });
    expect(store.patchIds({ missing: true })).toEqual(new Int32Array(0));
  });
});

test("a few files stand for the whole index", () => {
  const { store } = makeProject(1);
  expect(store.someFiles(SOURCE, 4)).toEqual([]);
  const paths = Array.from({ length: 10 }, (_, index) => `${index}.tif`);
  store.saveFiles(
    SOURCE,
    paths.map((path) => ({ file: file(path), pending: null })),
  );
  expect(store.someFiles(SOURCE, 4)).toEqual(["0.tif", "2.tif", "5.tif", "7.tif"]);
  expect(store.someFiles(SOURCE, 40)).toHaveLength(10);
});

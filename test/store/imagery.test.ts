import { describe, expect, test } from "vitest";
import { ana, errorOf, makeProject, makeScene, temporaryFolder } from "./fixture.ts";

describe("sources", () => {
  test("are added once, and know whether their folder is there", () => {
    const { store } = makeProject();
    const folder = temporaryFolder();
    const id = store.addSource(folder);
    expect(store.addSource(folder)).toBe(id);
    store.saveUnreadable(id, [
      { path: "b.tif", message: "truncated" },
      { path: "a.tif", message: "not a TIFF" },
    ]);
    expect(store.sources().map(({ available, scenes }) => [available, scenes])).toEqual([
      [false, 6],
      [true, 0],
    ]);
    expect(store.sources()[1]?.unreadable.map((file) => file.path)).toEqual(["a.tif", "b.tif"]);
    store.saveUnreadable(id, []);
    expect(store.sources()[1]?.unreadable).toEqual([]);
  });

  test("with folders of one name get names of their own", () => {
    const { store } = makeProject();
    store.addSource("/elsewhere/archive");
    store.addSource("/third/archive");
    expect(store.sources().map((source) => source.name)).toEqual(["archive", "archive 2", "archive 3"]);
  });

  test("that moved are pointed anew and keep patches, labels and identity", () => {
    const { store, patches, classIds } = makeProject();
    const [source] = store.sources();
    store.changeLabels([{ patchId: patches[0]!, classId: classIds[0]!, state: "present" }], ana);
    store.repointSource(source!.id, "/new/place");
    expect(store.sources()[0]).toMatchObject({ name: "archive", folder: "/new/place", scenes: 6 });
    expect(store.placeOf(patches[0]!).root).toBe("/new/place");
    expect(store.verifyJournal().problems).toEqual([]);
    store.addSource("/other");
    expect(errorOf(() => store.repointSource(source!.id, "/other")).code).toBe("invalid-input");
    expect(errorOf(() => store.repointSource(99, "/x")).code).toBe("not-found");
  });
});

describe("scenes and patches", () => {
  test("that come again keep their ids, and the scene takes what is new", () => {
    const { store, patches } = makeProject();
    const source = store.sources()[0]!.id;
    const [first] = store.addScenes(source, [
      makeScene("image0", { modified: 5, epsg: 32632 }),
      makeScene("more"),
    ]);
    expect(store.scenes(source).size).toBe(7);
    expect(store.scenes(source).get(first!)).toEqual(makeScene("image0", { modified: 5, epsg: 32632 }));
    const ids = store.addPatches(first!, [
      { name: "image0", x: 0, y: 0, width: 64, height: 64 },
      { name: "image0@32_0", x: 32, y: 0, width: 32, height: 32 },
    ]);
    expect(ids[0]).toBe(patches[0]);
    expect(patches).not.toContain(ids[1]);
    expect(store.placeOf(ids[1]!)).toEqual({
      id: ids[1],
      name: "image0@32_0",
      sourceId: source,
      root: "/imagery/archive",
      sceneId: first,
      scene: makeScene("image0", { modified: 5, epsg: 32632 }),
      window: { x: 32, y: 0, width: 32, height: 32 },
      split: null,
    });
  });

  test("that don't fit are refused", () => {
    const { store } = makeProject();
    const source = store.sources()[0]!.id;
    expect(() => store.addScenes(source, [makeScene("x", { width: 0 })])).toThrow();
    expect(errorOf(() => store.addScenes(99, [makeScene("x")])).code).toBe("not-found");
    expect(errorOf(() => store.placeOf(99)).code).toBe("not-found");
    expect(() => store.addPatches(99, [{ name: "x", x: 0, y: 0, width: 1, height: 1 }])).toThrow();
  });
});

describe("patch tables", () => {
  test("hold patches in columns, in the order asked for, each scene once", () => {
    const { store } = makeProject(0);
    const source = store.addSource("/imagery/archive");
    const [left, right] = store.addScenes(source, [makeScene("left"), makeScene("right")]) as [
      number,
      number,
    ];
    const window = (x: number) => ({ name: `${x}`, x, y: 2 * x, width: 8, height: 9 });
    const [l0, l1] = store.addPatches(left, [window(0), window(8)]) as [number, number];
    const [r0] = store.addPatches(right, [window(16)]) as [number];
    const table = store.patchTable([r0, l1]);
    expect(table.root).toBe("/imagery/archive");
    expect(table.scenes.map((scene) => scene.name)).toEqual(["right", "left"]);
    expect(table).toMatchObject({
      ids: Int32Array.of(r0, l1),
      scene: Int32Array.of(0, 1),
      x: Int32Array.of(16, 8),
      y: Int32Array.of(32, 16),
      width: Int32Array.of(8, 8),
      height: Int32Array.of(9, 9),
    });
    expect(store.patchTable().ids).toEqual(Int32Array.of(l0, l1, r0));
    expect(errorOf(() => store.patchTable([l0, 999])).message).toContain("999");
  });

  test("are one a source", () => {
    const { store, patches } = makeProject(2);
    const [scene] = store.addScenes(store.addSource("/second"), [makeScene("image0")]) as [number];
    const [third] = store.addPatches(scene, [{ name: "image0", x: 0, y: 0, width: 64, height: 64 }]) as [
      number,
    ];
    expect(store.patchTables().map((table) => [table.root, Array.from(table.ids)])).toEqual([
      ["/imagery/archive", [...patches]],
      ["/second", [third]],
    ]);
    expect(store.patchTable([third]).root).toBe("/second");
    expect(errorOf(() => store.patchTable()).code).toBe("invalid-input");
    expect(errorOf(() => store.patchTable([])).code).toBe("invalid-input");
    expect(store.patchTables([])).toEqual([]);
  });
});

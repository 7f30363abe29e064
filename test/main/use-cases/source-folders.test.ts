import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { rescanProject } from "../../../src/main/use-cases/project-set-up.ts";
import {
  checkSource,
  findSource,
  relocateSource,
  sourceStatuses,
} from "../../../src/main/use-cases/source-folders.ts";
import { QUIET } from "../../../src/main/work.ts";
import { createRandom } from "../../../src/shared/random.ts";
import { temporaryFolder, tinyName, tinyProject, writeTinyArchive } from "../fixture.ts";

const STRICT = { acceptPartial: false };

describe("a source", () => {
  it("is told with what its last scan found", async () => {
    const { store, source } = await tinyProject(4);
    expect(sourceStatuses(store)).toMatchObject([
      {
        id: 1,
        name: "archive",
        folder: source,
        state: "available",
        files: 4,
        scenes: 4,
        patches: 4,
        missingPatches: 0,
        unreadable: [],
        scan: "finished",
        lastScan: { headersRead: 4, changes: { new: { count: 4 } }, patches: { added: 4 } },
      },
    ]);
  });

  it("is missing when its folder is, or when it is the empty place of its drive", async () => {
    const { store, source } = await tinyProject(3);
    renameSync(source, `${source}-away`);
    expect(sourceStatuses(store)[0]?.state).toBe("missing");
    expect(await checkSource(store, 1, QUIET)).toMatchObject({ source: { state: "missing" }, changes: null });
    mkdirSync(source);
    expect(sourceStatuses(store)[0]?.state).toBe("missing");
  });

  it("is checked without a change to the project", async () => {
    const { store, source } = await tinyProject(3);
    await writeTinyArchive(source, 4);
    rmSync(join(source, `${tinyName(0)}.tif`));
    const { changes } = await checkSource(store, 1, QUIET);
    expect(changes).toMatchObject({
      files: 3,
      new: { paths: [`${tinyName(3)}.tif`] },
      missing: { paths: [`${tinyName(0)}.tif`] },
    });
    expect(store.patchIds({ missing: true })).toHaveLength(0);
    expect(store.files(1)).toHaveLength(3);
  });

  it("is found by id, name and folder", async () => {
    const { store, source } = await tinyProject(1);
    for (const text of ["1", "archive", source]) expect(findSource(store, text).id).toBe(1);
    expect(() => findSource(store, "nope")).toThrow(/Its sources: 1 \(archive, /);
  });
});

describe("a source whose folder was moved", () => {
  it("is the same in its new place: patches, labels and scenes stay, nothing is read again", async () => {
    const { store, folder, source } = await tinyProject(5);
    const classId = store.classes()[0]!.id;
    store.changeLabels([{ patchId: 2, classId, state: "present" }], {
      annotator: "Ana",
      origin: "manual",
      round: null,
    });
    const before = store.items(store.patchIds());
    const moved = join(folder, "drive", "renamed");
    mkdirSync(dirname(moved));
    renameSync(source, moved);
    const { relocated, check, source: status } = await relocateSource(store, 1, moved, STRICT, QUIET);
    expect(relocated).toBe(true);
    expect(check).toMatchObject({ verdict: "same", files: 5, found: 5, sampled: 5, different: 0 });
    expect(check.message).toMatch(/patches and labels are as they were/);
    expect(status).toMatchObject({ folder: moved, state: "available", name: "archive" });
    expect(store.items(store.patchIds())).toEqual(before);
    expect(store.placeOf(2).root).toBe(moved);
    const [scan] = (await rescanProject(store, QUIET)).sources;
    expect(scan?.report).toMatchObject({ headersRead: 0, changes: { unchanged: 5 } });
  });

  it("is found in the folder around it", async () => {
    const { store, folder, source } = await tinyProject(3);
    const around = join(folder, "drive");
    mkdirSync(around);
    renameSync(source, join(around, "archive"));
    const { relocated, check } = await relocateSource(store, 1, around, STRICT, QUIET);
    expect([relocated, check.folder]).toEqual([true, join(around, "archive")]);
  });

  it("is taken with files missing only when that is wanted", async () => {
    const { store, folder, source } = await tinyProject(4);
    const moved = join(folder, "moved");
    renameSync(source, moved);
    rmSync(join(moved, `${tinyName(2)}.tif`));
    const refused = await relocateSource(store, 1, moved, STRICT, QUIET);
    expect(refused).toMatchObject({
      relocated: false,
      check: { verdict: "partly", found: 3, examples: [`${tinyName(2)}.tif`] },
      source: { folder: source, state: "missing" },
    });
    const accepted = await relocateSource(store, 1, moved, { acceptPartial: true }, QUIET);
    expect(accepted).toMatchObject({ relocated: true, source: { folder: moved } });
    expect((await rescanProject(store, QUIET)).sources[0]?.report?.patches.missing).toBe(1);
  });

  it("is never taken for other imagery, whatever its names", async () => {
    const { store, folder, source } = await tinyProject(6);
    const other = join(folder, "other");
    cpSync(source, other, { recursive: true });
    // The same names, sizes and headers, other pixels.
    const random = createRandom("other pixels");
    for (let index = 0; index < 6; index++) {
      const path = join(other, `${tinyName(index)}.tif`);
      const content = readFileSync(path);
      content[60] = random.integer(256);
      content[61] = 255 - (content[61] ?? 0);
      writeFileSync(path, content);
    }
    for (const acceptPartial of [false, true]) {
      const { relocated, check } = await relocateSource(store, 1, other, { acceptPartial }, QUIET);
      expect([relocated, check.verdict]).toEqual([false, "other"]);
      expect(check.message).toMatch(/other imagery under the same names/);
    }
    const empty = await relocateSource(store, 1, temporaryFolder(), STRICT, QUIET);
    expect(empty.check.message).toMatch(/holds none of the source's 6 files/);
    await expect(relocateSource(store, 1, join(folder, "no"), STRICT, QUIET)).rejects.toMatchObject({
      code: "not-found",
    });
    expect(store.sources()[0]?.folder).toBe(source);
  });
});

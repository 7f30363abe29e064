import { spawnSync } from "node:child_process";
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { DEFAULT_GRID } from "../../src/shared/domain/imagery.ts";
import { MIGRATIONS } from "../../src/store/migrations/index.ts";
import { openForWriting } from "../../src/store/open-database.ts";
import { openProjectFiles } from "../../src/store/project-files.ts";
import { createProject, openProject, ProjectStore } from "../../src/store/project-store.ts";
import { ana, closing, errorOf, makeProject, reviewer, temporaryFolder, withDatabase } from "./fixture.ts";

const NEW = { name: "New", kind: "multi-label", grid: DEFAULT_GRID } as const;

describe("creating", () => {
  test("makes the folder with its parts and the defaults of a project", () => {
    const folder = join(temporaryFolder(), "deep", "new.fieldmark");
    const store = closing(createProject(folder, { ...NEW, settings: { budget: 7 } }));
    expect(store.project()).toMatchObject({
      name: "New",
      kind: "multi-label",
      hasSplits: false,
      grid: DEFAULT_GRID,
      settings: { budget: 7, confirmImpliesAbsent: true, controlShareEarly: 0.2 },
    });
    expect(readdirSync(folder)).toEqual(
      expect.arrayContaining(["embeddings", "models", "cache", "project.sqlite"]),
    );
    expect([store.readOnly, store.warnings]).toEqual([false, []]);
  });

  test("refuses a folder that holds a project, which stays as it is", () => {
    const { store, folder } = makeProject();
    store.close();
    expect(errorOf(() => createProject(folder, NEW))).toMatchObject({ code: "project-exists" });
    expect(closing(openProject(folder)).project().name).toBe("Test");
  });

  test("refuses the log of a project whose database is missing, and keeps it", () => {
    for (const name of ["project.sqlite-wal", "project.sqlite-journal"]) {
      const folder = temporaryFolder();
      writeFileSync(join(folder, name), "changes");
      expect(errorOf(() => createProject(folder, NEW))).toMatchObject({
        code: "project-exists",
        message: expect.stringContaining(name),
      });
      expect(readFileSync(join(folder, name), "utf8")).toBe("changes");
    }
  });

  test("that fails leaves nothing behind", () => {
    const folder = temporaryFolder();
    const bad = { ...NEW, settings: { controlShareEarly: 3 } };
    const error = errorOf(() => createProject(join(folder, "deep", "new.fieldmark"), bad));
    expect(error).toMatchObject({
      code: "invalid-input",
      message: expect.stringContaining("controlShareEarly"),
    });
    expect(readdirSync(folder)).toEqual([]);
    writeFileSync(join(folder, "file"), "kept");
    expect(errorOf(() => createProject(join(folder, "file"), NEW)).code).toBe("project-exists");
    expect(errorOf(() => createProject(folder, bad)).code).toBe("invalid-input");
    expect(readFileSync(join(folder, "file"), "utf8")).toBe("kept");
    expect(existsSync(join(folder, "project.sqlite.new"))).toBe(false);
  });

  test("takes no notice of what a creation that was cut short left behind", () => {
    const folder = join(temporaryFolder(), "new.fieldmark");
    mkdirSync(folder);
    writeFileSync(join(folder, "project.sqlite.new"), "half");
    expect(closing(createProject(folder, NEW)).project().name).toBe("New");
  });
});

describe("settings", () => {
  test("are kept over reopening, and one that is out of range is refused", () => {
    const { store, folder } = makeProject();
    expect(store.saveSettings({ seed: 9, encoder: "stats" })).toMatchObject({
      seed: 9,
      encoder: "stats",
      budget: 20,
    });
    expect(errorOf(() => store.saveSettings({ controlShareEarly: 2 })).code).toBe("invalid-input");
    store.saveGrid({ patchSize: 120, stride: 60, edges: "drop", nodataLimit: 0.5 });
    const band = { name: "red", min: 0, max: 9, mean: 4, standardDeviation: 1, p2: 1, p98: 8, count: 10 };
    store.saveBandStatistics([band]);
    store.close();
    const again = closing(openProject(folder));
    expect(again.project().settings).toMatchObject({ seed: 9, controlShareEarly: 0.2 });
    expect(again.project().grid.patchSize).toBe(120);
    expect(again.bandStatistics()).toEqual([band]);
  });
});

describe("opening", () => {
  test("says what is missing", () => {
    const error = errorOf(() => openProject(join(temporaryFolder(), "none.fieldmark")));
    expect(error.code).toBe("project-missing");
    expect(error.message).toContain("none.fieldmark");
  });

  test("sets WAL, synchronous=FULL and foreign keys every time", () => {
    const { store, folder } = makeProject();
    store.close();
    for (let time = 0; time < 2; time++) {
      const { database } = openForWriting(join(folder, "project.sqlite"), folder);
      const pragma = (name: string) => database.pragma(name, { simple: true });
      expect([pragma("journal_mode"), pragma("synchronous"), pragma("foreign_keys")]).toEqual(["wal", 2, 1]);
      database.close();
    }
  });

  test("a newer version is refused, naming both, and not touched", () => {
    const { store, folder } = makeProject();
    store.close();
    withDatabase(folder, (database) => database.pragma("user_version = 42"));
    const before = readFileSync(join(folder, "project.sqlite"));
    for (const readOnly of [false, true]) {
      const error = errorOf(() => openProject(folder, { readOnly }));
      expect(error.code).toBe("project-newer");
      expect(error.message).toContain(`version 42; this one knows up to ${MIGRATIONS.length})`);
    }
    expect(readFileSync(join(folder, "project.sqlite")).equals(before)).toBe(true);
  });

  test.each([
    ["text", (file: string) => writeFileSync(file, "not a database ".repeat(1000))],
    ["nothing", (file: string) => writeFileSync(file, "")],
    ["another program's database", (file: string) => otherDatabase(file)],
    ["a truncated database", (file: string) => writeFileSync(file, readFileSync(file).subarray(0, 9_000))],
  ])("%s in the place of the database is refused", (_, damage) => {
    const { store, folder } = makeProject();
    store.close();
    damage(join(folder, "project.sqlite"));
    for (const readOnly of [false, true]) {
      const error = errorOf(() => openProject(folder, { readOnly }));
      expect(error.code).toBe("project-corrupt");
      expect(error.message).toContain(folder);
    }
  });

  test("pages damaged while the project was in use are found on the next opening", () => {
    const { store, folder, patches } = makeProject(400);
    store.confirm(patches, true, reviewer);
    const holder = { pid: 1, host: "h", since: "" };
    store.close();
    withDatabase(folder, (database) =>
      database.prepare("INSERT INTO instance VALUES (1, @pid, @host, @since)").run(holder),
    );
    const file = join(folder, "project.sqlite");
    const size = readFileSync(file).length;
    const handle = openSync(file, "r+");
    for (let page = 10; page * 4096 < size; page += 3)
      writeSync(handle, Buffer.alloc(512, 0x5a), 0, 512, page * 4096);
    closeSync(handle);
    expect(errorOf(() => openProject(folder)).code).toBe("project-corrupt");
  });

  test("a second opening is refused with who has it; reading is still possible", () => {
    const { store, folder, patches } = makeProject();
    const error = errorOf(() => openProject(folder));
    expect(error.code).toBe("project-locked");
    expect(error.message).toContain(`process ${process.pid}`);
    expect(error.message).toContain(hostname());

    const reading = closing(openProject(folder, { readOnly: true }));
    store.confirm([patches[0]!], true, reviewer);
    expect(reading.counts().confirmed).toBe(1);
    store.close();
    expect(closing(openProject(folder)).readOnly).toBe(false);
  });

  test("a refused opening in the holder's own process does not loosen the lock", () => {
    const { folder } = makeProject();
    expect(errorOf(() => openProject(folder)).code).toBe("project-locked");
    const other = spawnSync(process.execPath, [
      fileURLToPath(new URL("./try-to-open.ts", import.meta.url)),
      folder,
    ]);
    expect(other.stdout.toString()).toBe("project-locked");
  });

  test("a failed opening leaves no lock behind", () => {
    const { store, folder } = makeProject();
    store.close();
    withDatabase(folder, (database) => database.pragma("user_version = 42"));
    expect(errorOf(() => openProject(folder)).code).toBe("project-newer");
    withDatabase(folder, (database) => database.pragma(`user_version = ${MIGRATIONS.length}`));
    expect(closing(openProject(folder)).readOnly).toBe(false);
  });
});

describe.skipIf(process.platform === "win32")("a folder that may not be written to", () => {
  test("opens for reading and says so, with the labels that were still in the log", () => {
    const { store, folder, patches, classIds } = makeProject();
    store.changeLabels([{ patchId: patches[0]!, classId: classIds[0]!, state: "present" }], ana);
    const frozen = join(dirname(folder), "frozen.fieldmark");
    mkdirSync(frozen);
    // Copied while open: what was written last is in the write-ahead log.
    for (const name of ["project.sqlite", "project.sqlite-wal"])
      copyFileSync(join(folder, name), join(frozen, name));
    store.close();

    unprivileged(frozen, () => {
      const reading = openProject(frozen);
      expect(reading.readOnly).toBe(true);
      expect(reading.readOnlyReason).toContain("frozen.fieldmark");
      expect(reading.labelsOf(patches).get(patches[0]!)).toEqual({ [classIds[0]!]: "present" });
      expect(errorOf(() => reading.confirm([patches[0]!], true, reviewer)).code).toBe("read-only");
      reading.close();
      expect(readdirSync(frozen).sort()).toEqual(["project.sqlite", "project.sqlite-wal"]);
    });
  });

  test("cannot take a new project", () => {
    const folder = join(temporaryFolder(), "closed");
    mkdirSync(folder);
    unprivileged(folder, () => {
      expect(errorOf(() => createProject(join(folder, "new.fieldmark"), NEW)).code).toBe("read-only");
    });
  });
});

test("a full disk is told as such, and what was saved before is kept", () => {
  const { store, folder, patches, classIds } = makeProject(200);
  store.changeLabels([{ patchId: patches[0]!, classId: classIds[0]!, state: "present" }], ana);
  store.close();
  const open = openProjectFiles(folder, false);
  // SQLite says the same when it may not grow as when the disk is full.
  open.connection.pragma(`max_page_count = ${Number(open.connection.pragma("page_count")) + 2}`);
  const full = closing(new ProjectStore(open));
  const error = errorOf(() => full.confirm(patches, true, reviewer));
  expect(error.code).toBe("disk-full");
  expect(error.message).toContain(folder);
  expect(full.counts().confirmed).toBe(0);
  expect(full.verifyJournal()).toEqual({ entries: 1, problems: [] });
  full.close();
  const again = closing(openProject(folder));
  again.confirm(patches, true, reviewer);
  expect(again.counts().confirmed).toBe(200);
});

function otherDatabase(file: string): void {
  rmSync(file);
  withDatabase(dirname(file), (database) => database.exec("CREATE TABLE t (x); PRAGMA user_version = 1"));
}

/**
 * Runs `work` with the folder read-only, and as a user whom that binds (the administrator may write anywhere).
 * The folder has to lie in a temporary folder of the test, which that user then may look into.
 */
function unprivileged(folder: string, work: () => void): void {
  const root = process.getuid?.() === 0;
  expect(dirname(dirname(folder))).toBe(tmpdir());
  chmodSync(dirname(folder), 0o755);
  for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o444);
  chmodSync(folder, 0o555);
  if (root) process.seteuid?.(65534);
  try {
    expect(existsSync(folder)).toBe(true);
    work();
  } finally {
    if (root) process.seteuid?.(0);
    chmodSync(folder, 0o755);
  }
}

import { cpSync, renameSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openProject } from "../../src/store/project-store.ts";
import { ana, closing, makeProject, withDatabase } from "./fixture.ts";

function replicaOf(folder: string): string | null {
  const store = openProject(folder);
  const id = store.replicaId;
  store.close();
  return id;
}

test("a project keeps its replica over reopening, moving and renaming", () => {
  const { store, folder } = makeProject();
  const replica = store.replicaId;
  store.close();
  expect(replica).toMatch(/^[0-9a-f-]{36}$/);
  expect(replicaOf(folder)).toBe(replica);
  const moved = join(folder, "..", "renamed.fieldmark");
  renameSync(folder, moved);
  expect(replicaOf(moved)).toBe(replica);
});

test("a copied folder gets a replica of its own on its first opening, and both keep theirs", () => {
  const { store, folder, patches, classIds } = makeProject();
  store.changeLabels([{ patchId: patches[0]!, classId: classIds[0]!, state: "present" }], ana);
  const replica = store.replicaId;
  store.close();
  const copy = join(folder, "..", "copy.fieldmark");
  cpSync(folder, copy, { recursive: true });

  const copied = closing(openProject(copy));
  expect(copied.replicaId).not.toBe(replica);
  copied.changeLabels([{ patchId: patches[1]!, classId: classIds[0]!, state: "present" }], ana);
  expect(copied.verifyJournal()).toEqual({ entries: 2, problems: [] });
  const second = copied.replicaId;
  copied.close();
  expect(replicaOf(copy)).toBe(second);
  expect(replicaOf(folder)).toBe(replica);
  withDatabase(copy, (database) => {
    expect(
      database
        .prepare(
          "SELECT replica.uuid, sequence FROM journal JOIN replica ON number = replica ORDER BY position",
        )
        .all(),
    ).toEqual([
      { uuid: replica, sequence: 1 },
      { uuid: second, sequence: 1 },
    ]);
  });
});

test("another machine gets a replica of its own, and the first one its own again", () => {
  const { store, folder } = makeProject();
  const replica = store.replicaId;
  store.close();
  withDatabase(folder, (database) => database.exec("UPDATE replica SET machine = 'elsewhere ' || machine"));
  expect(replicaOf(folder)).not.toBe(replica);
  withDatabase(folder, (database) =>
    database.exec(
      "DELETE FROM replica WHERE machine NOT LIKE 'elsewhere %'; UPDATE replica SET machine = substr(machine, 11)",
    ),
  );
  expect(replicaOf(folder)).toBe(replica);
});

test("a project that is only read names the replica that wrote last and adds none", () => {
  const { store, folder } = makeProject();
  const replica = store.replicaId;
  store.close();
  const copy = join(folder, "..", "copy.fieldmark");
  cpSync(folder, copy, { recursive: true });
  const reading = openProject(copy, { readOnly: true });
  expect(reading.replicaId).toBe(replica);
  reading.close();
  withDatabase(copy, (database) =>
    expect(database.prepare("SELECT count(*) AS n FROM replica").get()).toEqual({ n: 1 }),
  );
});

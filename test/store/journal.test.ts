import { createHash } from "node:crypto";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openProject, type ProjectStore } from "../../src/store/project-store.ts";
import { ana, closing, errorOf, makeProject, reviewer, withDatabase } from "./fixture.ts";

interface Row {
  uuid: Buffer;
  sequence: number;
  previous_hash: Buffer;
  patch_id: number;
  class_id: number | null;
  state: string;
  annotator: string;
  time: number;
  origin: string;
  round: number | null;
  supersedes: Buffer | null;
}

function labelled() {
  const fixture = makeProject();
  const { store, patches, classIds } = fixture;
  store.changeLabels([{ patchId: patches[1]!, classId: classIds[0]!, state: "present" }], {
    ...ana,
    round: 2,
  });
  store.changeLabels([{ patchId: patches[1]!, classId: classIds[0]!, state: "unsure" }], ana);
  store.confirm([patches[1]!], true, reviewer);
  return fixture;
}

describe("the journal", () => {
  test("chains each replica's entries by hash, as the record of the decision describes it", () => {
    const { store, folder, patches, classIds } = labelled();
    const replica = store.replicaId;
    store.close();
    withDatabase(folder, (database) => {
      const rows = database.prepare<[], Row>("SELECT * FROM journal ORDER BY position").all();
      const uuids = new Map(
        database
          .prepare<[], { id: number; uuid: string }>("SELECT id, uuid FROM class")
          .all()
          .map((one) => [one.id, one.uuid]),
      );
      let hash = Buffer.alloc(32);
      rows.forEach((row, index) => {
        expect(row.sequence).toBe(index + 1);
        expect(row.previous_hash.equals(hash)).toBe(true);
        const canonical = JSON.stringify([
          1,
          hash.toString("hex"),
          row.uuid.toString("hex"),
          replica,
          row.sequence,
          ["archive", "image1", 0, 0, 64, 64],
          row.class_id === null ? null : uuids.get(row.class_id),
          row.state,
          row.annotator,
          row.time,
          row.origin,
          row.round,
          row.supersedes?.toString("hex") ?? null,
        ]);
        hash = createHash("sha256").update(canonical).digest();
      });
      expect(rows.map((row) => [row.patch_id, row.class_id, row.state, row.origin])).toEqual([
        [patches[1], classIds[0], "present", "manual"],
        [patches[1], classIds[0], "unsure", "manual"],
        [patches[1], classIds[1], "absent", "implied"],
        [patches[1], classIds[2], "absent", "implied"],
        [patches[1], null, "confirmed", "manual"],
      ]);
      expect(rows[1]?.supersedes?.equals(rows[0]!.uuid)).toBe(true);
      expect(rows[0]?.supersedes).toBeNull();
      const head = database
        .prepare<[], { head_hash: Buffer; head_sequence: number }>("SELECT * FROM replica")
        .get();
      expect(head?.head_sequence).toBe(5);
      expect(head?.head_hash.equals(hash)).toBe(true);
    });
  });

  test("forbids changing, deleting and replacing entries, whoever asks", () => {
    const { store, folder } = labelled();
    store.close();
    withDatabase(folder, (database) => {
      for (const sql of [
        "UPDATE journal SET state = 'absent' WHERE position = 1",
        "DELETE FROM journal WHERE position = 1",
        "DELETE FROM journal",
      ]) {
        expect(() => database.exec(sql), sql).toThrow(/append-only/);
      }
      database.pragma("recursive_triggers = ON");
      expect(() =>
        database.exec("INSERT OR REPLACE INTO journal SELECT * FROM journal WHERE position = 1"),
      ).toThrow(/append-only/);
    });
  });

  test("never goes back in time, even when the clock does", () => {
    const { store, patches, classIds } = makeProject();
    const change = { patchId: patches[0]!, classId: classIds[0]!, state: "present" } as const;
    store.changeLabels([change], { ...ana, time: 2_000_000_000_000 });
    store.changeLabels([{ ...change, state: "absent" }], { ...ana, time: 1_000_000_000_000 });
    expect(store.history(patches[0]!).map((entry) => entry.time)).toEqual([
      "2033-05-18T03:33:20.000Z",
      "2033-05-18T03:33:20.000Z",
    ]);
    store.rebuildProjection();
    expect(store.labelsOf(patches).get(patches[0]!)).toEqual({ [classIds[0]!]: "absent" });
  });
});

describe("verifying", () => {
  test("finds nothing wrong in a sound project", () => {
    const { store } = labelled();
    expect(store.verifyJournal()).toEqual({ entries: 5, problems: [] });
  });

  test.each([
    [
      "a changed entry",
      "UPDATE journal SET state = 'absent' WHERE position = 1",
      /Entry 2 .* does not follow/,
    ],
    [
      "a changed last entry",
      "UPDATE journal SET state = 'skipped' WHERE position = 5",
      /Entry 5 .* not the one/,
    ],
    ["a missing entry", "DELETE FROM journal WHERE position = 3", /Entry 3 .* is missing/],
    ["a missing last entry", "DELETE FROM journal WHERE position = 5", /Entry 5 .* is missing/],
    [
      "a renamed class of another copy",
      "UPDATE class SET uuid = 'other' WHERE id = 1",
      /Entry 2 .* does not follow/,
    ],
  ])("finds %s", (_, sql, problem) => {
    const { store, folder } = labelled();
    store.close();
    withDatabase(folder, (database) => {
      database.pragma("foreign_keys = OFF");
      for (const trigger of ["journal_no_update", "journal_no_delete", "class_identity"]) {
        database.exec(`DROP TRIGGER ${trigger}`);
      }
      database.exec(sql);
    });
    expect(closing(openProject(folder)).verifyJournal().problems[0]).toMatch(problem);
  });

  test("finds a projection that differs from the journal; rebuilding mends it", () => {
    const { store, folder, patches, classIds } = labelled();
    store.close();
    withDatabase(folder, (database) => {
      database.exec(`UPDATE label SET state = 'present' WHERE class_id = ${classIds[0]}`);
      database.exec(`UPDATE review SET labels = 0, flag = 'flagged' WHERE patch_id = ${patches[1]}`);
    });
    const again = closing(openProject(folder));
    expect(again.verifyJournal().problems).toHaveLength(1);
    again.rebuildProjection();
    expect(again.verifyJournal().problems).toEqual([]);
    expect(again.items([patches[1]!])[0]).toMatchObject({ status: "confirmed", flagged: false });
  });
});

test("identities cannot be changed", () => {
  const { store, folder } = makeProject();
  store.close();
  withDatabase(folder, (database) => {
    for (const sql of [
      "UPDATE source SET name = 'x'",
      "UPDATE scene SET name = 'x' WHERE id = 1",
      "UPDATE patch SET x = 1 WHERE id = 1",
      "UPDATE class SET uuid = 'x' WHERE id = 1",
    ]) {
      expect(() => database.exec(sql), sql).toThrow(/identity/);
    }
  });
});

test("entries of two copies give the same labels, whichever copy takes the other's in", () => {
  const { store, folder, patches, classIds } = makeProject(8);
  const change = (patch: number, classIndex: number, state: "present" | "absent" | "unsure") => ({
    patchId: patches[patch]!,
    classId: classIds[classIndex]!,
    state,
  });
  store.changeLabels([change(0, 0, "present"), change(1, 0, "present")], { ...ana, time: 1_000 });
  store.close();
  const copy = join(folder, "..", "copy.fieldmark");
  cpSync(folder, copy, { recursive: true });

  const here = openProject(folder);
  const there = openProject(copy);
  expect(there.replicaId).not.toBe(here.replicaId);
  here.changeLabels([change(0, 0, "absent"), change(2, 1, "present")], { ...ana, time: 5_000 });
  there.changeLabels([change(0, 0, "unsure"), change(3, 1, "present")], { ...ana, time: 4_000 });
  there.changeLabels([change(2, 1, "absent")], { ...ana, time: 6_000 });
  here.skip([patches[0]!], true, { ...reviewer, time: 7_000 });
  there.confirm([patches[0]!], true, { ...reviewer, time: 8_000 });
  here.close();
  there.close();

  takeIn(copy, folder);
  takeIn(folder, copy);
  const projects = [folder, copy].map((one) => closing(openProject(one)));
  const merged = projects.map((project) => {
    project.rebuildProjection();
    expect(project.verifyJournal().problems).toEqual([]);
    return project.items(patches).map(({ labels, status }) => ({ labels, status }));
  });
  expect(merged[0]).toEqual(merged[1]);
  expect(merged[0]?.[0]).toEqual({
    labels: { [classIds[0]!]: "absent", [classIds[1]!]: "absent", [classIds[2]!]: "absent" },
    status: "confirmed",
  });
  expect(merged[0]?.[2]?.labels).toEqual({ [classIds[1]!]: "absent" });
  expect(merged[0]?.[3]?.labels).toEqual({ [classIds[1]!]: "present" });

  // What is said after taking entries in wins over them, even with a clock that is behind.
  const [first] = projects as [ProjectStore];
  first.changeLabels([change(2, 1, "unsure")], { ...ana, time: 3_000 });
  first.rebuildProjection();
  expect(first.labelsOf([patches[2]!]).get(patches[2]!)).toEqual({ [classIds[1]!]: "unsure" });
});

/** What a merge will do, by hand: entries that `to` does not have, behind its own. */
function takeIn(from: string, to: string): void {
  withDatabase(to, (database) => {
    database.prepare("ATTACH ? AS other").run(join(from, "project.sqlite"));
    database.exec(`
      INSERT INTO replica (uuid, machine, place, created_at, head_sequence, head_hash, head_time)
        SELECT uuid, machine, place, created_at, head_sequence, head_hash, head_time FROM other.replica
        WHERE true
        ON CONFLICT (uuid) DO UPDATE SET head_sequence = max(head_sequence, excluded.head_sequence),
          head_hash = CASE WHEN excluded.head_sequence > head_sequence THEN excluded.head_hash ELSE head_hash END,
          head_time = max(head_time, excluded.head_time);
      INSERT INTO journal (uuid, replica, sequence, previous_hash, patch_id, class_id, state, annotator, time,
          origin, round, supersedes)
        SELECT theirs.uuid, mine.number, sequence, previous_hash, patch_id, class_id, state, annotator, time,
          origin, round, supersedes
        FROM other.journal AS theirs JOIN other.replica AS named ON named.number = theirs.replica
        JOIN main.replica AS mine ON mine.uuid = named.uuid
        WHERE theirs.uuid NOT IN (SELECT uuid FROM main.journal) ORDER BY theirs.position;
    `);
  });
}

test("a project open for reading refuses every change with its reason", () => {
  const { store, folder, patches, classIds } = makeProject();
  store.close();
  const reading = closing(openProject(folder, { readOnly: true }));
  expect(reading.readOnly).toBe(true);
  const changes: (() => unknown)[] = [
    () => reading.changeLabels([{ patchId: patches[0]!, classId: classIds[0]!, state: "present" }], ana),
    () => reading.confirm([patches[0]!], true, reviewer),
    () => reading.undo("Ana"),
    () => reading.saveClasses([{ name: "X" }]),
    () => reading.addSource("/elsewhere"),
    () => reading.rebuildProjection(),
  ];
  for (const change of changes) expect(errorOf(change).code).toBe("read-only");
  expect(reading.counts().patches).toBe(6);
  expect(reading.verifyJournal().problems).toEqual([]);
});

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { createRandom } from "../../src/shared/random.ts";
import { openProject } from "../../src/store/project-store.ts";
import { closing, errorOf, makeProject, withDatabase } from "./fixture.ts";

const CHILD = fileURLToPath(new URL("./label-until-killed.ts", import.meta.url));

interface Acknowledged {
  readonly position: number;
  readonly patchId: number;
  readonly classId: number;
  readonly state: string;
}

function startChild(folder: string): ChildProcess {
  return spawn(process.execPath, [CHILD, folder], { stdio: ["ignore", "pipe", "inherit"] });
}

/** Lets a child label until it has acknowledged `count` labels and some time has passed, then kills it. */
async function labelsBeforeKill(folder: string, count: number, delay: number): Promise<Acknowledged[]> {
  const child = startChild(folder);
  // "close": the process is gone and all that it printed has been read.
  const closed = once(child, "close");
  let text = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    text += chunk.toString();
    if (text.split("\n").length > count) setTimeout(() => child.kill("SIGKILL"), delay);
  });
  expect(await closed).toEqual([null, "SIGKILL"]);
  // Only whole lines were acknowledged.
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Acknowledged);
}

describe("a process that is killed", () => {
  test("loses no acknowledged label and leaves the chain whole", async () => {
    const { store, folder } = makeProject(20);
    store.close();
    const random = createRandom("kill");
    let acknowledged = 0;
    for (let round = 0; round < 15; round++) {
      const labels = await labelsBeforeKill(folder, 1 + random.integer(25), random.next() * 12);
      acknowledged += labels.length;
      withDatabase(folder, (database) => {
        const entry = database.prepare("SELECT patch_id, class_id, state FROM journal WHERE position = ?");
        for (const { position, patchId, classId, state } of labels) {
          expect(entry.get(position)).toEqual({ patch_id: patchId, class_id: classId, state });
        }
      });
      const survivor = openProject(folder);
      const report = survivor.verifyJournal();
      expect(report.problems).toEqual([]);
      expect(report.entries).toBeGreaterThanOrEqual(acknowledged);
      // A kill leaves at most one label that was written and not acknowledged any more.
      expect(report.entries).toBeLessThanOrEqual(acknowledged + round + 1);
      survivor.close();
    }
    expect(acknowledged).toBeGreaterThan(15);
  });

  test("holds the project while it lives, and not a moment longer", async () => {
    const { store, folder } = makeProject();
    store.close();
    const child = startChild(folder);
    const exited = once(child, "exit");
    await once(child.stdout!, "data");
    const error = errorOf(() => openProject(folder));
    expect(error.code).toBe("project-locked");
    expect(error.message).toContain(`process ${child.pid}`);
    child.kill("SIGKILL");
    await exited;
    const taken = closing(openProject(folder));
    expect(taken.readOnly).toBe(false);
    expect(taken.verifyJournal().problems).toEqual([]);
  });
});

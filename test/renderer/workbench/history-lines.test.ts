import { describe, expect, it } from "vitest";
import { historyLines } from "../../../src/renderer/workbench/inspector/history-lines.ts";
import type { PatchDetail } from "../../../src/shared/domain/project.ts";

type Entry = PatchDetail["history"][number];

function entries(classIds: number[], changes: Partial<Entry>): Entry[] {
  return classIds.map((classId) => ({
    classId,
    state: "present",
    annotator: "Ana",
    time: "2026-11-20T10:00:00Z",
    origin: "manual",
    round: 0,
    ...changes,
  }));
}

function shown(history: Entry[]) {
  return historyLines(history).map(
    ({ entry, classIds }) => `${entry.origin} ${entry.state} ${classIds.join(",")}`,
  );
}

describe("the history of a patch", () => {
  it("shows decisions one by one, newest first, and what confirming implied in one line", () => {
    expect(
      shown([
        ...entries([1], { time: "2026-11-20T10:00:01Z" }),
        ...entries([2], { time: "2026-11-20T10:00:02Z", state: "unsure" }),
        ...entries([3, 4], { time: "2026-11-20T10:00:03Z", state: "absent", origin: "implied" }),
      ]),
    ).toEqual(["implied absent 3,4", "manual unsure 2", "manual present 1"]);
  });

  it("puts the many classes of one act together, apart by state", () => {
    expect(
      shown([
        ...entries([1, 2], { origin: "import" }),
        ...entries([3, 4, 5, 6], { origin: "import", state: "absent" }),
        ...entries([3, 4, 5, 6], { origin: "undo", state: "cleared", time: "2026-11-20T11:00:00Z" }),
      ]),
    ).toEqual(["undo cleared 3,4,5,6", "import absent 3,4,5,6", "import present 2", "import present 1"]);
  });
});

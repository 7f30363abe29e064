import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Connection } from "../../../src/renderer/connection/connection.ts";
import { acceptAndConfirm, confirm, markEmpty } from "../../../src/renderer/labelling/label-commands.ts";
import { useApp } from "../../../src/renderer/state/app-store.ts";
import { forgetPatches, shownPatch, takePatches } from "../../../src/renderer/state/patches-store.ts";
import { startSession } from "../../../src/renderer/state/session.ts";
import type { ProjectSummary } from "../../../src/shared/domain/project.ts";
import { patchItem } from "../patch-items.ts";

const calls: { name: string; input: unknown }[] = [];

beforeEach(() => {
  const call = (name: string, input: unknown) => {
    calls.push({ name, input });
    return new Promise(() => {});
  };
  // Only calls are made here, and none is answered.
  startSession({ call } as unknown as Connection);
  const classes = [1, 2, 3].map((id) => ({ id }));
  const project = { kind: "multi-label", classes, settings: { confirmImpliesAbsent: true } };
  // Of the project, the commands read nothing else.
  useApp.setState({ project: project as unknown as ProjectSummary });
});

afterEach(() => {
  calls.length = 0;
  forgetPatches();
});

describe("what is one act for the analyst", () => {
  it("none of these on a labelled patch is one step: labels and confirmation together", () => {
    takePatches([patchItem({ id: 7, labels: { 1: "present", 3: "absent" } })]);
    markEmpty([7]);
    const changes = [
      { patchId: 7, classId: 1, state: "absent" },
      { patchId: 7, classId: 2, state: "absent" },
    ];
    expect(calls).toEqual([
      {
        name: "labels.confirm",
        input: { patchIds: [7], confirmed: true, first: { changes, origin: "manual" } },
      },
    ]);
    expect(shownPatch(7)).toMatchObject({
      status: "confirmed",
      labels: { 1: "absent", 2: "absent", 3: "absent" },
    });
  });

  it("accept and confirm is one step, and without suggestions just a confirmation", () => {
    takePatches([
      patchItem({ id: 7, probabilities: { 1: 0.9, 2: 0.2, 3: 0.6 } }),
      patchItem({ id: 8, probabilities: { 1: 0.1, 2: 0.2, 3: 0.3 } }),
    ]);
    acceptAndConfirm([7]);
    acceptAndConfirm([8]);
    const changes = [
      { patchId: 7, classId: 1, state: "present" },
      { patchId: 7, classId: 3, state: "present" },
    ];
    expect(calls.map(({ input }) => input)).toEqual([
      { patchIds: [7], confirmed: true, first: { changes, origin: "suggestion" } },
      { patchIds: [8], confirmed: true },
    ]);
    expect(shownPatch(7)?.labels).toEqual({ 1: "present", 2: "absent", 3: "present" });
  });

  it("on a confirmed patch only the labels change", () => {
    takePatches([
      patchItem({ id: 7, status: "confirmed", labels: { 1: "present", 2: "absent", 3: "absent" } }),
    ]);
    markEmpty([7]);
    confirm([7], true);
    expect(calls).toEqual([
      {
        name: "labels.set",
        input: { changes: [{ patchId: 7, classId: 1, state: "absent" }], origin: "manual" },
      },
    ]);
  });
});

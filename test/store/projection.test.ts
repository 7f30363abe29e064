import { describe, expect, test } from "vitest";
import type { LabelState } from "../../src/shared/domain/labels.ts";
import { createRandom } from "../../src/shared/random.ts";
import { openProject } from "../../src/store/project-store.ts";
import { closing, makeProject, withDatabase } from "./fixture.ts";

type Review = "open" | "confirmed" | "skipped";
interface PatchModel {
  labels: Record<string, LabelState>;
  review: Review;
  flagged: boolean;
}
type Model = Record<number, PatchModel>;

function status(patch: PatchModel): string {
  if (patch.review !== "open") return patch.review;
  return Object.keys(patch.labels).length > 0 ? "in-progress" : "unseen";
}

describe("the projection", () => {
  test.each([1, 2, 3, 4])("equals a plain model and a rebuild after random work (seed %i)", (seed) => {
    const random = createRandom(seed);
    const { store, patches, classIds } = makeProject(5);
    let model: Model = Object.fromEntries(
      patches.map((id) => [id, { labels: {}, review: "open", flagged: false }]),
    );
    let past: Model[] = [];
    let future: Model[] = [];
    const author = { annotator: "Ana", round: null };

    const act = (work: () => void, change: (next: Model) => void) => {
      const next = structuredClone(model);
      change(next);
      work();
      if (JSON.stringify(sorted(next)) === JSON.stringify(sorted(model))) return;
      past.push(model);
      future = [];
      model = next;
    };
    const pick = () => random.sample(patches, 1 + random.integer(2));

    for (let step = 0; step < 150; step++) {
      const chosen = pick();
      const on = random.next() < 0.7;
      switch (random.integer(7)) {
        case 0:
        case 1: {
          const changes = chosen.map((patchId) => ({
            patchId,
            classId: random.sample(classIds, 1)[0]!,
            state: random.sample(["present", "absent", "unsure", null] as const, 1)[0] ?? null,
          }));
          act(
            () => store.changeLabels(changes, { ...author, origin: "manual" }),
            (next) => {
              for (const { patchId, classId, state } of changes) {
                if (state === null) delete next[patchId]!.labels[classId];
                else next[patchId]!.labels[classId] = state;
              }
            },
          );
          break;
        }
        case 2:
          act(
            () => store.confirm(chosen, on, author),
            (next) => {
              for (const id of chosen) {
                const patch = next[id]!;
                if (on) {
                  for (const classId of classIds) patch.labels[classId] ??= "absent";
                  patch.review = "confirmed";
                } else if (patch.review === "confirmed") patch.review = "open";
              }
            },
          );
          break;
        case 3:
          act(
            () => store.skip(chosen, on, author),
            (next) => {
              for (const id of chosen) {
                if (on) next[id]!.review = "skipped";
                else if (next[id]!.review === "skipped") next[id]!.review = "open";
              }
            },
          );
          break;
        case 4:
          act(
            () => store.flag(chosen, on, author),
            (next) => {
              for (const id of chosen) next[id]!.flagged = on;
            },
          );
          break;
        case 5: {
          const before = past.pop();
          store.undo("Ana");
          if (before) {
            future.push(model);
            model = before;
          }
          break;
        }
        default: {
          const after = future.pop();
          store.redo("Ana");
          if (after) {
            past.push(model);
            model = after;
          }
        }
      }
      expect(seen(store.items(patches))).toEqual(
        patches.map((id) => ({
          labels: model[id]!.labels,
          status: status(model[id]!),
          flagged: model[id]!.flagged,
        })),
      );
      expect([store.undoDepth("Ana"), store.redoDepth("Ana")]).toEqual([past.length, future.length]);
    }

    expect(store.verifyJournal().problems).toEqual([]);
    const before = store.items(patches);
    store.rebuildProjection();
    expect(store.items(patches)).toEqual(before);
    expect(store.verifyJournal().problems).toEqual([]);
    past = [];
  });

  test("a rebuild equals it to the row, over several annotators, imports and replicas", () => {
    const random = createRandom("several");
    let { store, folder, patches, classIds } = makeProject(6);
    for (let session = 0; session < 4; session++) {
      for (let step = 0; step < 60; step++) {
        const annotator = random.sample(["Ana", "Ben"], 1)[0]!;
        const chosen = random.sample(patches, 2);
        const states = random.sample(classIds, 2).map((classId) => ({
          classId,
          state: random.sample(["present", "absent", "unsure"] as const, 1)[0]!,
        }));
        const work: (() => unknown)[] = [
          () =>
            store.changeLabels(
              chosen.flatMap((patchId) => states.map((one) => ({ patchId, ...one }))),
              { annotator, origin: "suggestion", round: session },
            ),
          () =>
            store.importLabels(
              chosen.map((patchId) => ({ patchId, states })),
              { annotator },
            ),
          () => store.confirm(chosen, random.next() < 0.7, { annotator, round: session }),
          () => store.undo(annotator),
          () => store.redo(annotator),
        ];
        work[random.integer(work.length)]!();
      }
      const before = tables(folder, () => store.close());
      // As if the project went to another machine.
      withDatabase(folder, (database) => database.exec("UPDATE replica SET machine = machine || '+'"));
      store = closing(openProject(folder));
      store.rebuildProjection();
      expect(store.verifyJournal().problems).toEqual([]);
      expect(tables(folder, () => store.close())).toEqual(before);
      store = closing(openProject(folder));
    }
    store.close();
    const writers = withDatabase(folder, (database) =>
      database.prepare("SELECT count(DISTINCT replica) AS n FROM journal").get(),
    );
    expect(writers).toEqual({ n: 4 });
  });
});

function tables(folder: string, close: () => void): unknown {
  close();
  return withDatabase(folder, (database) => [
    database.prepare("SELECT * FROM label ORDER BY patch_id, class_id").all(),
    database.prepare("SELECT * FROM review ORDER BY patch_id").all(),
  ]);
}

function seen(items: readonly { labels: object; status: string; flagged: boolean }[]): unknown {
  return items.map(({ labels, status, flagged }) => ({ labels, status, flagged }));
}

function sorted(model: Model): unknown {
  return Object.entries(model).map(([id, patch]) => [
    id,
    Object.entries(patch.labels).sort(),
    patch.review,
    patch.flagged,
  ]);
}

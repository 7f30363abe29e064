import type { SplitLeakage, SplitReport } from "../../shared/domain/splits.ts";
import { throwIfCancelled } from "../../shared/errors.ts";
import type { OpenProject } from "../open-project.ts";
import type { Leakage } from "../splits/leakage.ts";
import type { Places } from "../splits/places.ts";
import { sketchSplits } from "../splits/sketch.ts";
import { CODE_OF, type SplitColumn, splitOf } from "../splits/split-column.ts";
import { requireWritable } from "../use-cases/project-folder.ts";
import { effectsOf, requireUnderstood } from "../use-cases/split-effects.ts";
import {
  currentSplits,
  describeSplits,
  planSplits,
  type SplitFacts,
  writeSplits,
} from "../use-cases/splits.ts";
import { breathe } from "../work.ts";
import type { Core, GroupHandlers } from "./core.ts";

/** The examples with what the user calls the patches, and the splits that they have or would have. */
function namedLeakage(
  { store }: OpenProject,
  places: Places,
  column: SplitColumn,
  leakage: Leakage,
): SplitLeakage {
  const ids = new Set(leakage.examples.flat());
  const names = new Map(store.items(ids).map(({ id, name }) => [id, name] as const));
  const codes = new Map<number, number>();
  for (const [patch, id] of places.patches.ids.entries()) {
    if (ids.has(id)) codes.set(id, column[patch] ?? CODE_OF.none);
  }
  const named = (id: number) => ({ id, name: names.get(id) ?? String(id), split: splitOf(codes.get(id)) });
  return {
    pairs: leakage.pairs,
    patches: { ...leakage.patches },
    examples: leakage.examples.map(([a, b]) => [named(a), named(b)]),
  };
}

function reportOf(project: OpenProject, places: Places, column: SplitColumn, facts: SplitFacts): SplitReport {
  return {
    counts: { ...facts.splits },
    leakage: namedLeakage(project, places, column, facts.leakage),
    unplaced: facts.unplaced,
    sketch: sketchSplits(places, column),
  };
}

/** Pool, val and test: looked at, drawn, taken away. */
export function splitHandlers({ workspace, jobs, events }: Core): GroupHandlers<"splits"> {
  function announce(): void {
    workspace.announceCounts(true);
    events.emit("patches", { ids: "all" });
  }

  return {
    "splits.current": async () => {
      const project = workspace.require();
      if (!project.store.project().hasSplits) return null;
      const places = await project.places();
      const column = currentSplits(project.store, places);
      return column && reportOf(project, places, column, describeSplits(places, column));
    },
    "splits.preview": async (request) => {
      const project = workspace.require();
      const places = await project.places();
      const plan = planSplits(places, request);
      return {
        ...reportOf(project, places, plan.column, plan),
        blockSize: plan.blockSize,
        suggestedBlockSize: plan.suggestedBlockSize,
        groups: plan.groups,
        leftOut: plan.leftOut,
        effects: effectsOf(project.store, places.patches, plan.column),
      };
    },
    "splits.draw": ({ understood, ...request }) => {
      const project = workspace.require();
      requireWritable(project.store);
      requireUnderstood(project.store, understood);
      // Not while a round is made or a model is trained: they would see half of each.
      const jobId = jobs.start({ kind: "splits", title: "Draw splits", lane: "learning" }, async (work) => {
        work.progress({ done: 0, total: 3, message: "Finding out where the patches lie" });
        const places = await project.places();
        work.progress({ done: 1, total: 3, message: "Drawing" });
        const plan = planSplits(places, request);
        await breathe();
        throwIfCancelled(work.signal);
        work.progress({ done: 2, total: 3, message: "Saving" });
        writeSplits(project.store, places, plan.column);
        announce();
        const { pool, val, test } = plan.splits;
        return { message: `${pool} patches in the pool, ${val} to validate on, ${test} to test on.` };
      });
      return { jobId };
    },
    "splits.remove": ({ understood }) => {
      const { store } = workspace.require();
      requireWritable(store);
      requireUnderstood(store, understood);
      store.setSplits([]);
      announce();
      return workspace.requireSummary();
    },
  };
}

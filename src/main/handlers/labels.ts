import { isAbsolute } from "node:path";
import { importLabels } from "../use-cases/label-import.ts";
import type { Core, GroupHandlers } from "./core.ts";

/** Labels are committed before the call returns, whatever the engine is doing. */
export function labelHandlers({ workspace, preferences, jobs, events }: Core): GroupHandlers<"labels"> {
  function author() {
    return { annotator: preferences.get().annotator, round: workspace.require().store.currentRound() };
  }

  function result(patchIds: Iterable<number>, reviewed = true) {
    const project = workspace.require();
    const { annotator } = preferences.get();
    const ids = new Set(patchIds);
    workspace.announceCounts(reviewed);
    // For other windows on the same project; this one has its answer.
    if (ids.size > 0) events.emit("patches", { ids: [...ids] });
    return {
      patches: project.withProbabilities(project.store.items(ids)),
      undoDepth: project.store.undoDepth(annotator),
      redoDepth: project.store.redoDepth(annotator),
    };
  }

  return {
    "labels.set": ({ changes, origin }) => {
      workspace.require().store.changeLabels(changes, { ...author(), origin });
      return result(
        changes.map(({ patchId }) => patchId),
        false,
      );
    },
    "labels.confirm": ({ patchIds, confirmed, first }) => {
      workspace.require().store.confirm(patchIds, confirmed, author(), first);
      return result([...patchIds, ...(first?.changes.map(({ patchId }) => patchId) ?? [])]);
    },
    "labels.skip": ({ patchIds, skipped }) => {
      workspace.require().store.skip(patchIds, skipped, author());
      return result(patchIds);
    },
    "labels.flag": ({ patchIds, flagged }) => {
      workspace.require().store.flag(patchIds, flagged, author());
      return result(patchIds);
    },
    "labels.undo": () => result(workspace.require().store.undo(preferences.get().annotator)),
    "labels.redo": () => result(workspace.require().store.redo(preferences.get().annotator)),
    "labels.import": ({ file, format, splits }) => {
      const { store } = workspace.require();
      const { annotator } = preferences.get();
      const jobId = jobs.start({ kind: "import", title: "Import labels", lane: "import" }, async (work) => {
        work.progress({ done: 0, total: 0, message: `Reading ${isAbsolute(file) ? file : "the file"}` });
        const imported = await importLabels(store, {
          file,
          format,
          annotator,
          ...(splits === undefined ? {} : { splits }),
        });
        workspace.announceCounts(true);
        events.emit("patches", { ids: "all" });
        return { message: `${imported.labels} labels on ${imported.patches} patches imported.` };
      });
      return { jobId };
    },
  };
}

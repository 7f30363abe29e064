import { checkSource, relocateSource, requireSource, sourceStatuses } from "../use-cases/source-folders.ts";
import { previewSource } from "../use-cases/sources.ts";
import type { Core, GroupHandlers } from "./core.ts";
import { startScan } from "./start-scan.ts";

/** Folders of imagery: before they belong to a project, and those of the open project. */
export function sourceHandlers(core: Core): GroupHandlers<"sources"> {
  const { workspace, images, events } = core;
  return {
    "sources.preview": ({ folder }, { signal, progress }) => previewSource(folder, { signal, progress }),
    "sources.list": () => sourceStatuses(workspace.require().store),
    "sources.check": ({ id }, { signal, progress }) =>
      checkSource(workspace.require().store, id, { signal, progress }),
    "sources.relocate": async ({ id, folder, acceptPartial }, { signal, progress }) => {
      const { store } = workspace.require();
      const result = await relocateSource(store, id, folder, { acceptPartial }, { signal, progress });
      if (result.relocated) {
        images.clear();
        workspace.announceCounts();
        events.emit("patches", { ids: "all" });
      }
      return result;
    },
    "sources.rescan": ({ id }) => {
      const { name } = requireSource(workspace.require().store, id);
      return startScan(core, `Scan ${name} again`, [id]);
    },
  };
}

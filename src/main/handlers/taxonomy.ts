import { TAXONOMY_PRESETS } from "../taxonomy/presets.ts";
import type { Core, GroupHandlers } from "./core.ts";

/** The project's classes. */
export function taxonomyHandlers({ workspace, events }: Core): GroupHandlers<"taxonomy"> {
  return {
    "taxonomy.presets": () => [...TAXONOMY_PRESETS],
    "taxonomy.save": ({ classes }) => {
      workspace.require().store.saveClasses(classes);
      workspace.announceCounts();
      events.emit("patches", { ids: "all" });
      return workspace.requireSummary();
    },
  };
}

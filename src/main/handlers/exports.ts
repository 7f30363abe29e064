import { exporterEntries, findExporter } from "../exporters/index.ts";
import { exportProject, freeExportFolder } from "../use-cases/export.ts";
import type { Core, GroupHandlers } from "./core.ts";

/** Exports of the labelled dataset. */
export function exportHandlers({ workspace, jobs }: Core): GroupHandlers<"exports"> {
  return {
    "exports.formats": () => exporterEntries(),
    "exports.run": ({ format, folder, options }) => {
      const { store } = workspace.require();
      const { name } = findExporter(format);
      const jobId = jobs.start({ kind: "export", title: `Export as ${name}` }, async (work) => {
        const target = freeExportFolder(folder, `${store.project().name}-${format}`);
        const { patches } = await exportProject(store, { format, folder: target, options }, work);
        return { message: `${patches} labelled patches.`, output: target };
      });
      return { jobId };
    },
  };
}

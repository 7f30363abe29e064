import { describeRescan } from "../use-cases/describe-scan.ts";
import { rescanProject } from "../use-cases/project-set-up.ts";
import type { Core } from "./core.ts";

/** Starts the job that scans sources of the open project again; all of them when none are named. */
export function startScan(
  { workspace, jobs, images, events }: Core,
  title: string,
  sourceIds?: readonly number[],
): { jobId: string } {
  const project = workspace.require();
  const jobId = jobs.start({ kind: "scan", title, lane: "scan" }, async (work) => {
    try {
      return { message: describeRescan(await rescanProject(project.store, work, sourceIds)) };
    } finally {
      // What was found before a cancellation is kept, and shown.
      if (workspace.current === project) {
        project.imageryChanged();
        images.clear();
        workspace.announceCounts();
        events.emit("patches", { ids: "all" });
      }
    }
  });
  return { jobId };
}

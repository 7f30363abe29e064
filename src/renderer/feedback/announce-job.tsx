import { notifications } from "@mantine/notifications";
import type { Job } from "../../shared/contracts/app.ts";
import { strings } from "../strings.ts";
import { showError } from "./present-error.tsx";

/** Says how a job ended, where that does not show by itself. */
export function announceJob(job: Job): void {
  switch (job.state) {
    case "failed":
      showError(job.error ?? { code: "internal", message: strings.jobs.failedWithoutReason(job.title) });
      return;
    case "done":
      if (job.kind === "create" || job.kind === "demo") return;
      notifications.show({
        title: job.title,
        message: job.output ? <span data-selectable>{job.output}</span> : job.message || strings.jobs.done,
        color: "gray",
        autoClose: 6000,
        withBorder: true,
      });
      return;
    case "cancelled":
      notifications.show({
        title: job.title,
        message: strings.jobs.cancelled,
        color: "gray",
        autoClose: 4000,
        withBorder: true,
      });
      return;
    case "running":
      return;
  }
}

import { notifications } from "@mantine/notifications";
import type { Job } from "../../shared/contracts/app.ts";
import { useApp } from "../state/app-store.ts";
import { strings } from "../strings.ts";
import { showError } from "./present-error.tsx";

/** A new project opens, and a new round appears (or is offered) above the patches. */
function showsByItself({ kind }: Job): boolean {
  return kind === "create" || kind === "demo" || (kind === "round" && useApp.getState().screen === "label");
}

/** Says how a job ended, where that does not show by itself. */
export function announceJob(job: Job): void {
  switch (job.state) {
    case "failed":
      showError(job.error ?? { code: "internal", message: strings.jobs.failedWithoutReason(job.title) });
      return;
    case "done":
      if (showsByItself(job)) return;
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

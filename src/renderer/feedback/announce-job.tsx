import { notifications } from "@mantine/notifications";
import type { ReactNode } from "react";
import type { Job } from "../../shared/contracts/app.ts";
import { useApp } from "../state/app-store.ts";
import { useDialog } from "../state/dialog-store.ts";
import { strings } from "../strings.ts";
import { showError } from "./present-error.tsx";

/**
 * The demo opens, a new round appears (or is offered) above the patches, a model's figures on their page,
 * where the export lies, and what a scan or new splits gave in their dialogs.
 */
function showsByItself({ kind }: Job): boolean {
  const { screen } = useApp.getState();
  return (
    kind === "demo" ||
    (kind === "round" && screen === "label") ||
    ((kind === "train" || kind === "compare") && screen === "progress") ||
    (kind === "export" && useDialog.getState().dialog?.kind === "export") ||
    ((kind === "splits" || kind === "scan") && useDialog.getState().dialog?.kind === "settings")
  );
}

/** Where the result lies; of a new project, which opens, what it holds. */
function resultOf({ kind, output, message }: Job): ReactNode {
  if (output && kind !== "create") return <span data-selectable>{output}</span>;
  return message || strings.jobs.done;
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
        message: resultOf(job),
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

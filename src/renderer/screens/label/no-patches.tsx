import { Button } from "@mantine/core";
import { number } from "../../components/format.ts";
import { EmptyState } from "../../feedback/empty-state.tsx";
import { JobProgress } from "../../feedback/job-progress.tsx";
import { navigate } from "../../state/app-actions.ts";
import { useApp } from "../../state/app-store.ts";
import { openDialog } from "../../state/dialog-store.ts";
import { useJobs } from "../../state/jobs-store.ts";
import { useRounds } from "../../state/rounds-store.ts";
import { strings } from "../../strings.ts";

/** In place of the pictures: the first round is being prepared, or to be asked for, or nothing is left to label. */
export function NoPatches() {
  const { round: text } = strings;
  const hasRounds = useRounds(({ rounds }) => rounds.length > 0);
  const patches = useApp((app) => app.project?.counts.patches ?? 0);
  const open = useApp(({ project }) =>
    project ? project.counts.patches - project.counts.confirmed - project.counts.skipped : 1,
  );
  const preparing = useJobs(({ jobs }) =>
    jobs.find((job) => job.kind === "round" && job.state === "running"),
  );
  if (preparing) {
    return (
      <EmptyState
        title={text.preparingTitle}
        actions={<JobProgress job={preparing} title={text.preparingTitle} />}
      >
        {text.preparingText}
      </EmptyState>
    );
  }
  if (open === 0) {
    return (
      <EmptyState
        title={text.completeTitle}
        actions={
          <>
            <Button onClick={() => navigate("progress")}>{text.toProgress}</Button>
            <Button variant="default" onClick={() => navigate("patches")}>
              {text.toPatches}
            </Button>
            <Button variant="default" onClick={() => openDialog({ kind: "export" })}>
              {strings.project.export}
            </Button>
          </>
        }
      >
        {text.completeText(number(patches))}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={hasRounds ? text.emptyTitle : text.firstTitle}
      actions={
        <Button size="sm" onClick={() => openDialog({ kind: "next-round" })}>
          {hasRounds ? text.next : text.first}
        </Button>
      }
    >
      {hasRounds ? text.emptyText : text.firstText}
    </EmptyState>
  );
}

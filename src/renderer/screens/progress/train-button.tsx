import { Button } from "@mantine/core";
import { reporting } from "../../feedback/present-error.tsx";
import { useApp } from "../../state/app-store.ts";
import { useJobs } from "../../state/jobs-store.ts";
import { call } from "../../state/session.ts";
import { strings } from "../../strings.ts";

/** Trains on everything that is confirmed; waits while something trains already. */
export function TrainButton({ primary = false }: { primary?: boolean }) {
  const running = useJobs(({ jobs }) =>
    jobs.some((job) => (job.kind === "train" || job.kind === "round") && job.state === "running"),
  );
  const comparing = useJobs(({ jobs }) =>
    jobs.some((job) => job.kind === "compare" && job.state === "running"),
  );
  const nothing = useApp((app) => (app.project?.counts.training ?? 0) === 0);
  return (
    <Button
      variant={primary ? "filled" : "default"}
      loading={running}
      disabled={nothing || comparing}
      onClick={() => reporting(call("rounds.train"))}
    >
      {strings.progress.train}
    </Button>
  );
}

import { Button } from "@mantine/core";
import type { Job } from "../../../shared/contracts/app.ts";
import { reporting } from "../../feedback/present-error.tsx";
import { useApp } from "../../state/app-store.ts";
import { useJobs } from "../../state/jobs-store.ts";
import { call } from "../../state/session.ts";
import { strings } from "../../strings.ts";

/** Jobs that use the engine to learn; they run one at a time. */
export const LEARNING_JOBS: readonly Job["kind"][] = ["round", "train", "compare"];

/** Trains on everything that is confirmed; waits while something trains already. */
export function TrainButton({ primary = false }: { primary?: boolean }) {
  const running = useJobs(({ jobs }) =>
    jobs.some((job) => LEARNING_JOBS.includes(job.kind) && job.state === "running"),
  );
  const nothing = useApp((app) => (app.project?.counts.training ?? 0) === 0);
  return (
    <Button
      variant={primary ? "filled" : "default"}
      loading={running}
      disabled={nothing}
      onClick={() => reporting(call("rounds.train"))}
    >
      {strings.progress.train}
    </Button>
  );
}

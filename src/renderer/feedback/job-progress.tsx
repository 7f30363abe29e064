import { Button, Progress } from "@mantine/core";
import type { Job } from "../../shared/contracts/app.ts";
import { duration } from "../components/format.ts";
import { cancelJob } from "../state/jobs-store.ts";
import { strings } from "../strings.ts";
import classes from "./job-progress.module.css";
import { reporting } from "./present-error.tsx";

/** A job in the place of its result: how far it is, how long it will take, and a way out. */
export function JobProgress({ job, title }: { job: Job | undefined; title: string }) {
  const known = job !== undefined && job.total > 0;
  return (
    <div className={classes.progress} role="status">
      <Progress
        size={8}
        value={known ? (job.done / job.total) * 100 : 100}
        animated={!known}
        aria-label={title}
      />
      <div className={classes.line}>
        <span>{job?.message}</span>
        <span>{job?.remaining != null && strings.jobs.left(duration(job.remaining))}</span>
      </div>
      <Button variant="default" disabled={!job} onClick={() => job && reporting(cancelJob(job.id))}>
        {strings.cancel}
      </Button>
    </div>
  );
}

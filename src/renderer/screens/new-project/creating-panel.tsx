import { Button, Progress } from "@mantine/core";
import { duration } from "../../components/format.ts";
import { reporting } from "../../feedback/present-error.tsx";
import { cancelJob, useJobs } from "../../state/jobs-store.ts";
import { strings } from "../../strings.ts";
import classes from "./creating-panel.module.css";

/** While a project is being made: what happens, how long it will take, and a way out. */
export function CreatingPanel({ jobId, name }: { jobId: string; name: string }) {
  const job = useJobs(({ jobs }) => jobs.find((candidate) => candidate.id === jobId));
  const known = job !== undefined && job.total > 0;
  return (
    <div className={classes.panel}>
      <div className={classes.box} role="status">
        <h1 className={classes.title}>{strings.newProject.creating(name)}</h1>
        <Progress
          size={8}
          value={known ? (job.done / job.total) * 100 : 100}
          animated={!known}
          aria-label={strings.newProject.creating(name)}
        />
        <div className={classes.line}>
          <span>{job?.message}</span>
          <span>{job?.remaining != null && strings.jobs.left(duration(job.remaining))}</span>
        </div>
        <Button variant="default" onClick={() => reporting(cancelJob(jobId))}>
          {strings.cancel}
        </Button>
      </div>
    </div>
  );
}

import { ActionIcon, Progress } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { Job } from "../../shared/contracts/app.ts";
import { duration, number } from "../components/format.ts";
import { reporting } from "../feedback/present-error.tsx";
import { useApp } from "../state/app-store.ts";
import { useEngine } from "../state/engine-store.ts";
import { cancelJob, runningJob, useJobs } from "../state/jobs-store.ts";
import { strings } from "../strings.ts";
import classes from "./status-bar.module.css";

/** One line: what runs (with time left and cancel), what the project holds, what computes. */
export function StatusBar() {
  const project = useApp((app) => app.project);
  // The start screen says more about the engine by itself.
  const atStart = useApp((app) => app.screen === "start");
  const job = useJobs(({ jobs }) => runningJob(jobs));
  return (
    <footer className={classes.bar}>
      <div className={classes.job}>{job && <JobStrip job={job} />}</div>
      {project && (
        <div className={classes.facts}>
          <span>{strings.status.patches(number(project.counts.patches))}</span>
          <span
            title={strings.status.confirmedTitle(
              number(project.counts.training),
              number(project.counts.validation),
            )}
          >
            {strings.status.confirmed(number(project.counts.confirmed))}
          </span>
          <span>{strings.sensors[project.sensor]}</span>
        </div>
      )}
      {!atStart && <EngineFact />}
    </footer>
  );
}

function JobStrip({ job }: { job: Job }) {
  const known = job.total > 0;
  return (
    <div className={classes.strip} role="status">
      <span className={classes.title}>{job.title}</span>
      <Progress
        className={classes.progress ?? ""}
        size={6}
        value={known ? (job.done / job.total) * 100 : 100}
        animated={!known}
        striped={!known}
        aria-label={job.title}
      />
      <span className={classes.message}>
        {job.message}
        {job.remaining !== null && ` · ${strings.jobs.left(duration(job.remaining))}`}
      </span>
      <ActionIcon
        size={20}
        aria-label={strings.jobs.cancel(job.title)}
        onClick={() => reporting(cancelJob(job.id))}
      >
        <IconX size={14} />
      </ActionIcon>
    </div>
  );
}

function EngineFact() {
  const status = useEngine((engine) => engine.status);
  const backend = useEngine((engine) => engine.backend);
  const text =
    status === "ready" && backend
      ? strings.backends[backend.id]
      : status === "failed"
        ? strings.engine.failed
        : strings.engine.starting;
  return (
    <span className={classes.engine} title={backend?.reason}>
      {text}
    </span>
  );
}

import { JobProgress } from "../../feedback/job-progress.tsx";
import { useJobs } from "../../state/jobs-store.ts";
import { strings } from "../../strings.ts";
import classes from "./creating-panel.module.css";

/** While a project is being made: what happens, how long it will take, and a way out. */
export function CreatingPanel({ jobId, name }: { jobId: string; name: string }) {
  const job = useJobs(({ jobs }) => jobs.find((candidate) => candidate.id === jobId));
  const title = strings.newProject.creating(name);
  return (
    <div className={classes.panel}>
      <h1 className={classes.title}>{title}</h1>
      <JobProgress job={job} title={title} />
    </div>
  );
}

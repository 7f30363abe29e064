import { create } from "zustand";
import type { Job } from "../../shared/contracts/app.ts";
import { call } from "./session.ts";

interface JobsState {
  readonly jobs: readonly Job[];
}

/** Jobs as the application reports them, oldest first; finished ones stay until dismissed. */
export const useJobs = create<JobsState>()(() => ({ jobs: [] }));

type JobListener = (job: Job, before: Job | undefined) => void;
const listeners = new Set<JobListener>();

/** Told of each change of a job, with its state before. */
export function onJob(listener: JobListener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function replaceJobs(jobs: readonly Job[]): void {
  useJobs.setState({ jobs });
}

export function takeJob(job: Job): void {
  const { jobs } = useJobs.getState();
  const before = jobs.find((other) => other.id === job.id);
  useJobs.setState({
    jobs: before ? jobs.map((other) => (other.id === job.id ? job : other)) : [...jobs, job],
  });
  for (const listener of listeners) listener(job, before);
}

export async function cancelJob(jobId: string): Promise<void> {
  await call("jobs.cancel", { jobId });
}

export async function dismissJob(jobId: string): Promise<void> {
  useJobs.setState(({ jobs }) => ({ jobs: jobs.filter((job) => job.id !== jobId) }));
  await call("jobs.dismiss", { jobId });
}

/** Waits until a job has ended, however it ended. */
export function jobEnded(jobId: string): Promise<Job> {
  const known = useJobs.getState().jobs.find((job) => job.id === jobId);
  if (known && known.state !== "running") return Promise.resolve(known);
  return new Promise((resolve) => {
    const stop = onJob((job) => {
      if (job.id !== jobId || job.state === "running") return;
      stop();
      resolve(job);
    });
  });
}

/** The job to show in the status bar: the newest one that runs. */
export function runningJob(jobs: readonly Job[]): Job | undefined {
  return jobs.findLast((job) => job.state === "running");
}

import { randomUUID } from "node:crypto";
import type { Job } from "../shared/contracts/app.ts";
import { Cancelled, FieldmarkError, toErrorShape } from "../shared/errors.ts";
import type { Progress } from "../shared/rpc/contract.ts";
import { createTimeLeft } from "./time-left.ts";
import type { Work } from "./work.ts";

export interface JobRequest {
  readonly kind: Job["kind"];
  readonly title: string;
  /** Jobs with the same lane never run at the same time: a second one is refused with `busy`. */
  readonly lane?: string;
}

export interface JobResult {
  /** What was done, for the finished job's line. */
  readonly message: string;
  /** A folder or file that was made. */
  readonly output?: string;
}

/** Work that outlives a call: progress, time left, cancel and failure in one place. */
export interface Jobs {
  /** Starts the work at once and returns the job's id. */
  start(request: JobRequest, run: (work: Work) => Promise<JobResult>): string;
  list(): Job[];
  /** False when the job is not running. */
  cancel(jobId: string): boolean;
  /** Forgets a job that has ended. */
  dismiss(jobId: string): void;
  /** Resolves with the job as it ended. */
  finished(jobId: string): Promise<Job>;
  /** Cancels the running jobs that `which` picks (all by default) and waits until they have ended. */
  cancelAll(which?: (job: Job) => boolean): Promise<void>;
}

const EMIT_EVERY_MS = 100;
const KEPT = 20;

export function createJobs(emit: (job: Job) => void): Jobs {
  interface Entry {
    job: Job;
    readonly lane: string | undefined;
    readonly controller: AbortController;
    readonly ended: Promise<Job>;
  }
  const entries = new Map<string, Entry>();

  function running(): Entry[] {
    return [...entries.values()].filter((entry) => entry.job.state === "running");
  }

  function refuseBusyLane(lane: string): void {
    const other = running().find((entry) => entry.lane === lane);
    if (other) {
      throw new FieldmarkError(
        "busy",
        `"${other.job.title}" is still running. Wait until it has finished, or cancel it first.`,
        { details: { job: other.job.id } },
      );
    }
  }

  function forgetOldest(): void {
    const ended = [...entries.values()].filter((entry) => entry.job.state !== "running");
    for (const entry of ended.slice(0, Math.max(0, ended.length - KEPT))) entries.delete(entry.job.id);
  }

  return {
    start({ kind, title, lane }, run) {
      if (lane !== undefined) refuseBusyLane(lane);
      const id = randomUUID();
      const controller = new AbortController();
      const timeLeft = createTimeLeft();
      const settled = Promise.withResolvers<Job>();
      const entry: Entry = {
        lane,
        controller,
        ended: settled.promise,
        job: {
          id,
          kind,
          title,
          state: "running",
          message: "",
          done: 0,
          total: 0,
          remaining: null,
          startedAt: new Date().toISOString(),
          error: null,
          output: null,
        },
      };
      let lastEmit = 0;
      let lastMessage = "";

      function progress({ done, total, message }: Progress): void {
        if (entry.job.state !== "running") return;
        entry.job = { ...entry.job, done, total, message, remaining: timeLeft.update(done, total) };
        const now = Date.now();
        if (now - lastEmit < EMIT_EVERY_MS && message === lastMessage) return;
        lastEmit = now;
        lastMessage = message;
        emit(entry.job);
      }

      function end(changes: Partial<Job>): void {
        entry.job = { ...entry.job, ...changes, remaining: null };
        forgetOldest();
        emit(entry.job);
        settled.resolve(entry.job);
      }

      entries.set(id, entry);
      emit(entry.job);
      run({ signal: controller.signal, progress }).then(
        ({ message, output }) => end({ state: "done", message, output: output ?? null }),
        (error: unknown) => {
          if (error instanceof Cancelled || controller.signal.aborted) {
            end({ state: "cancelled", message: "Cancelled." });
            return;
          }
          const { code, message, cause } = toErrorShape(error);
          end({
            state: "failed",
            message,
            error: { code, message, ...(cause === undefined ? {} : { cause }) },
          });
        },
      );
      return id;
    },
    list: () => [...entries.values()].map((entry) => entry.job),
    cancel(jobId) {
      const entry = entries.get(jobId);
      if (entry?.job.state !== "running") return false;
      entry.controller.abort();
      return true;
    },
    dismiss(jobId) {
      if (entries.get(jobId)?.job.state !== "running") entries.delete(jobId);
    },
    finished(jobId) {
      const entry = entries.get(jobId);
      if (!entry) throw new FieldmarkError("not-found", `There is no job with the id ${jobId}.`);
      return entry.ended;
    },
    async cancelAll(which = () => true) {
      const open = running().filter((entry) => which(entry.job));
      for (const entry of open) entry.controller.abort();
      await Promise.all(open.map((entry) => entry.ended));
    },
  };
}

import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { Cancelled, FieldmarkError, fromErrorShape } from "../shared/errors.ts";
import { entryUrl } from "./entry-url.ts";
import type { DecodeReply, DecodeRequest, DecodeTask, DecodeTasks } from "./picture-request.ts";
import { stopWorker } from "./stop-worker.ts";

export type { PictureRequest } from "./picture-request.ts";

export interface DecodePool {
  /**
   * Has a worker do a task. Requests wait in order; a raised signal takes a waiting one out of the queue and
   * drops the result of one at work (`Cancelled`).
   *
   * @throws FieldmarkError what reading and painting throw; `internal` when the worker died over this request
   */
  run<Task extends DecodeTask>(
    task: Task,
    request: DecodeTasks[Task]["request"],
    options?: { readonly signal?: AbortSignal },
  ): Promise<DecodeTasks[Task]["result"]>;
  /** Ends the workers; open requests are `Cancelled`. */
  close(): Promise<void>;
}

export interface DecodePoolOptions {
  /** Worker threads; by default one a core, at most four, and two on small machines. */
  readonly threads?: number;
  /** Tests give a worker of their own. */
  readonly entry?: URL;
}

type Result = DecodeTasks[DecodeTask]["result"];

interface Job {
  readonly request: DecodeRequest;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

interface Lane {
  worker: Worker | null;
  job: Job | null;
}

/** Worker threads that read, paint and compress patches. Workers start with the first request that needs them. */
export function createDecodePool(options: DecodePoolOptions = {}): DecodePool {
  const threads = options.threads ?? Math.max(2, Math.min(4, availableParallelism()));
  const entry = options.entry ?? entryUrl("archive/decode-worker.ts", "decode-worker.js");
  const lanes: Lane[] = Array.from({ length: threads }, () => ({ worker: null, job: null }));
  const queue = new Set<Job>();
  let closed = false;

  function startWorker(lane: Lane): Worker {
    const worker = new Worker(entry);
    let cause: unknown;
    worker.on("message", (reply: DecodeReply) => {
      const { job } = lane;
      lane.job = null;
      if (job) {
        if ("result" in reply) job.resolve(reply.result);
        else job.reject(fromErrorShape(reply.error));
      }
      serveNext();
    });
    worker.on("error", (error) => {
      cause = error;
    });
    worker.on("exit", () => {
      if (lane.worker !== worker) return;
      const { job } = lane;
      lane.worker = null;
      lane.job = null;
      job?.reject(lostWorker(job.request, cause));
      serveNext();
    });
    // Idle workers must not keep a finished program alive.
    worker.unref();
    return worker;
  }

  function serveNext(): void {
    for (const lane of lanes) {
      if (closed || queue.size === 0) return;
      if (lane.job) continue;
      const [job] = queue;
      if (!job) return;
      queue.delete(job);
      lane.job = job;
      lane.worker ??= startWorker(lane);
      lane.worker.ref();
      lane.worker.postMessage(job.request);
    }
    for (const lane of lanes) if (!lane.job) lane.worker?.unref();
  }

  return {
    run(task, request, { signal } = {}) {
      if (closed || signal?.aborted) return Promise.reject(new Cancelled());
      return new Promise((resolve, reject) => {
        const finish = () => signal?.removeEventListener("abort", cancel);
        const job: Job = {
          // The compiler can't tell that task and request belong together, which the signature sees to.
          request: { task, request } as DecodeRequest,
          resolve: (result) => {
            finish();
            // A worker answers a task with that task's result.
            resolve(result as DecodeTasks[typeof task]["result"]);
          },
          reject: (error) => {
            finish();
            reject(error);
          },
        };
        const cancel = () => {
          queue.delete(job);
          job.reject(new Cancelled());
        };
        signal?.addEventListener("abort", cancel, { once: true });
        queue.add(job);
        serveNext();
      });
    },
    async close() {
      closed = true;
      const open = [...queue, ...lanes.flatMap((lane) => lane.job ?? [])];
      queue.clear();
      for (const job of open) job.reject(new Cancelled());
      const workers = lanes.flatMap((lane) => lane.worker ?? []);
      for (const lane of lanes) {
        lane.worker = null;
        lane.job = null;
      }
      await Promise.all(workers.map(stopWorker));
    },
  };
}

function lostWorker({ task, request }: DecodeRequest, cause: unknown): FieldmarkError {
  const scene = (task === "statistics" ? request.places[0]?.scene.name : request.scene.name) ?? "no scene";
  return new FieldmarkError(
    "internal",
    `A picture of ${scene} could not be made: the decoder stopped unexpectedly. Its files may be damaged; other patches are not affected.`,
    { details: { scene }, ...(cause === undefined ? {} : { cause }) },
  );
}

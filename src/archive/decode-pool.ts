import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { Cancelled, FieldmarkError, fromErrorShape } from "../shared/errors.ts";
import { entryUrl } from "./entry-url.ts";
import type { PictureReply, PictureRequest } from "./picture-request.ts";

export type { PictureRequest } from "./picture-request.ts";

export interface DecodePool {
  /**
   * A patch as PNG. Requests wait in order; a raised signal takes a waiting one out of the queue and drops
   * the result of one at work (`Cancelled`).
   *
   * @throws FieldmarkError what reading and painting throw; `internal` when the worker died over this request
   */
  picture(request: PictureRequest, options?: { readonly signal?: AbortSignal }): Promise<Uint8Array>;
  /** Ends the workers; open requests are `Cancelled`. */
  close(): Promise<void>;
}

export interface DecodePoolOptions {
  /** Worker threads; by default one a core, at most four, and two on small machines. */
  readonly threads?: number;
  /** Tests give a worker of their own. */
  readonly entry?: URL;
}

interface Task {
  readonly request: PictureRequest;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (png: Uint8Array) => void;
  readonly reject: (error: unknown) => void;
}

interface Lane {
  worker: Worker | null;
  task: Task | null;
}

/** Worker threads that read, paint and compress patches. Workers start with the first request that needs them. */
export function createDecodePool(options: DecodePoolOptions = {}): DecodePool {
  const threads = options.threads ?? Math.max(2, Math.min(4, availableParallelism()));
  const entry = options.entry ?? entryUrl("archive/decode-worker.ts", "decode-worker.js");
  const lanes: Lane[] = Array.from({ length: threads }, () => ({ worker: null, task: null }));
  const queue = new Set<Task>();
  let closed = false;

  function startWorker(lane: Lane): Worker {
    const worker = new Worker(entry);
    let cause: unknown;
    worker.on("message", (reply: PictureReply) => {
      const { task } = lane;
      lane.task = null;
      if (task) {
        if ("png" in reply) task.resolve(reply.png);
        else task.reject(fromErrorShape(reply.error));
      }
      serveNext();
    });
    worker.on("error", (error) => {
      cause = error;
    });
    worker.on("exit", () => {
      if (lane.worker !== worker) return;
      const { task } = lane;
      lane.worker = null;
      lane.task = null;
      task?.reject(lostWorker(task.request, cause));
      serveNext();
    });
    // Idle workers must not keep a finished program alive.
    worker.unref();
    return worker;
  }

  function serveNext(): void {
    for (const lane of lanes) {
      if (closed || queue.size === 0) return;
      if (lane.task) continue;
      const [task] = queue;
      if (!task) return;
      queue.delete(task);
      lane.task = task;
      lane.worker ??= startWorker(lane);
      lane.worker.ref();
      lane.worker.postMessage(task.request);
    }
    for (const lane of lanes) if (!lane.task) lane.worker?.unref();
  }

  return {
    picture(request, { signal } = {}) {
      if (closed || signal?.aborted) return Promise.reject(new Cancelled());
      return new Promise<Uint8Array>((resolve, reject) => {
        const finish = () => signal?.removeEventListener("abort", cancel);
        const task: Task = {
          request,
          signal,
          resolve: (png) => {
            finish();
            resolve(png);
          },
          reject: (error) => {
            finish();
            reject(error);
          },
        };
        const cancel = () => {
          queue.delete(task);
          task.reject(new Cancelled());
        };
        signal?.addEventListener("abort", cancel, { once: true });
        queue.add(task);
        serveNext();
      });
    },
    async close() {
      closed = true;
      const open = [...queue, ...lanes.flatMap((lane) => lane.task ?? [])];
      queue.clear();
      for (const task of open) task.reject(new Cancelled());
      const workers = lanes.flatMap((lane) => lane.worker ?? []);
      for (const lane of lanes) {
        lane.worker = null;
        lane.task = null;
      }
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

function lostWorker(request: PictureRequest, cause: unknown): FieldmarkError {
  return new FieldmarkError(
    "internal",
    `A picture of ${request.scene.name} could not be made: the decoder stopped unexpectedly. Its files may be damaged; other patches are not affected.`,
    { details: { scene: request.scene.name }, ...(cause === undefined ? {} : { cause }) },
  );
}

import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { Cancelled, FieldmarkError, throwIfCancelled } from "../../shared/errors.ts";
import { entryUrl } from "../entry-url.ts";
import { stopWorker } from "../stop-worker.ts";
import { type Examination, type Examined, examineBatch } from "./examine.ts";

export interface ExamineRequest {
  readonly folder: string;
  readonly batch: readonly Examination[];
}

export interface ExamineReply {
  readonly examined: readonly Examined[];
}

/** Files that a worker gets at a time: few enough to be cancelled soon, enough to make messages cheap. */
const BATCH = 16;
/** Fewer files than this are looked into at once rather than after the start of a thread. */
const WORTH_A_THREAD = 100;

/**
 * Looks into files, many of them in worker threads, one a core and at most four, and hands over what was found batch by batch, in
 * no particular order. Nothing is decoded; the caller's thread stays free.
 *
 * @throws Cancelled once the signal is raised; FieldmarkError `internal` when a worker died
 */
export async function examineAll(
  folder: string,
  examinations: readonly Examination[],
  onBatch: (examined: readonly Examined[]) => void,
  signal?: AbortSignal,
): Promise<void> {
  throwIfCancelled(signal);
  if (examinations.length === 0) return;
  const threads = Math.min(4, availableParallelism(), Math.floor(examinations.length / WORTH_A_THREAD));
  if (threads === 0) return examineHere(folder, examinations, onBatch, signal);
  const entry = entryUrl("archive/index/examine-worker.ts", "examine-worker.js");
  const workers: Worker[] = [];
  const settled = Promise.withResolvers<void>();
  const cancel = () => settled.reject(new Cancelled());
  let next = 0;
  let idle = 0;

  function give(worker: Worker): void {
    const batch = examinations.slice(next, next + BATCH);
    next += batch.length;
    if (batch.length > 0) worker.postMessage({ folder, batch } satisfies ExamineRequest);
    else idle++;
  }

  signal?.addEventListener("abort", cancel, { once: true });
  try {
    for (let thread = 0; thread < threads; thread++) {
      const worker = new Worker(entry);
      workers.push(worker);
      worker.on("message", ({ examined }: ExamineReply) => {
        try {
          // The worker has its next batch before this one is written down.
          give(worker);
          onBatch(examined);
          if (idle === threads) settled.resolve();
        } catch (error) {
          settled.reject(error);
        }
      });
      worker.on("error", (error) => settled.reject(lostWorker(folder, error)));
      worker.on("exit", (code) => settled.reject(lostWorker(folder, code)));
      give(worker);
    }
    await settled.promise;
    throwIfCancelled(signal);
  } finally {
    signal?.removeEventListener("abort", cancel);
    await Promise.all(workers.map(stopWorker));
  }
}

async function examineHere(
  folder: string,
  examinations: readonly Examination[],
  onBatch: (examined: readonly Examined[]) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (let start = 0; start < examinations.length; start += BATCH) {
    throwIfCancelled(signal);
    const batch = examinations.slice(start, start + BATCH);
    onBatch(await examineBatch(folder, batch));
  }
  throwIfCancelled(signal);
}

function lostWorker(folder: string, cause: unknown): FieldmarkError {
  return new FieldmarkError(
    "internal",
    `The scan of ${folder} stopped unexpectedly. What was found so far is kept; scan again to go on.`,
    { details: { path: folder }, cause },
  );
}

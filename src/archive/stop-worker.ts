import type { Worker } from "node:worker_threads";

/** What a worker is told when it is not needed any more. */
export const STOP = "stop";

/** So long it may take to finish what it is at. */
const PATIENCE_MS = 3000;

/** Lets a worker end by itself: torn down while it starts or decodes, it can take the whole process with it. */
export async function stopWorker(worker: Worker): Promise<void> {
  // Node's mark of a thread that has ended.
  if (worker.threadId === -1) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const end = setTimeout(() => void worker.terminate().then(() => resolve()), PATIENCE_MS);
  worker.once("exit", () => resolve());
  worker.ref();
  worker.postMessage(STOP);
  await promise;
  clearTimeout(end);
}

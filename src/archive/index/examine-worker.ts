import { parentPort } from "node:worker_threads";
import { STOP } from "../stop-worker.ts";
import { examineBatch } from "./examine.ts";
import type { ExamineReply, ExamineRequest } from "./examine-pool.ts";

/** Runs in a worker thread of the examine pool: one request at a time. */
const port = parentPort;
port?.on("message", (request: ExamineRequest | typeof STOP) => {
  if (request === STOP) {
    port.close();
    return;
  }
  const { folder, batch } = request;
  void examineBatch(folder, batch).then((examined) => {
    const reply: ExamineReply = { examined };
    port.postMessage(reply);
  });
});

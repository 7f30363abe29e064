import type { Application, ImageReply } from "../../../src/main/application.ts";
import type { AppContract } from "../../../src/shared/contracts/app.ts";
import type { EventName, EventPayload, Handlers } from "../../../src/shared/rpc/contract.ts";

type Listener = <K extends EventName<AppContract>>(event: K, payload: EventPayload<AppContract, K>) => void;

/** An application core with two working calls, for tests of what hosts do around it. */
export function stubApplication() {
  const listeners = new Set<Listener>();
  const imagePaths: string[] = [];
  let closed = 0;
  const working: Partial<Handlers<AppContract>> = {
    "jobs.cancel": ({ jobId }) => ({ cancelled: jobId === "running" }),
    "taxonomy.presets": () => [],
  };
  const application: Application = {
    // Calls that are not listed fail as an internal error, which is all these tests need of them.
    handlers: working as Handlers<AppContract>,
    onEvent(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async image(path): Promise<ImageReply> {
      imagePaths.push(path);
      const found = path === "/patch/7";
      return {
        status: found ? 200 : 404,
        contentType: found ? "image/png" : "text/plain",
        body: new TextEncoder().encode(found ? "picture" : "no"),
        maxAge: 60,
      };
    },
    async close() {
      closed++;
    },
  };
  return {
    application,
    imagePaths,
    emitRounds: () => {
      for (const listener of listeners) listener("rounds", { round: 3 });
    },
    listenerCount: () => listeners.size,
    closedCount: () => closed,
  };
}

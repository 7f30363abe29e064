import { z } from "zod";
import { Cancelled, FieldmarkError } from "../../../src/shared/errors.ts";
import { defineCall, defineContract, type Handlers } from "../../../src/shared/rpc/contract.ts";

/** A contract with every kind of call, for the suite that all ports pass. JSON values only. */
export const probeContract = defineContract({
  calls: {
    add: defineCall(z.object({ a: z.number(), b: z.number().default(10) }), z.number()),
    ping: defineCall(z.undefined(), z.literal("pong")),
    fail: defineCall(z.object({ path: z.string() }), z.never()),
    crash: defineCall(z.undefined(), z.never()),
    wait: defineCall(z.undefined(), z.never()),
    cancelledCount: defineCall(z.undefined(), z.number()),
    steps: defineCall(z.object({ count: z.number() }), z.number()),
    lie: defineCall(z.undefined(), z.string()),
    stray: defineCall(z.undefined(), z.never()),
    announce: defineCall(z.object({ text: z.string() }), z.null()),
  },
  events: { said: z.object({ text: z.string() }) },
});
export type ProbeContract = typeof probeContract;

/** Handlers of the probe contract; `emit` sends its one event. */
export function probeHandlers(emit: (text: string) => void): Handlers<ProbeContract> {
  let cancelled = 0;
  return {
    add: ({ a, b }) => a + b,
    ping: () => "pong",
    fail: ({ path }) => {
      throw new FieldmarkError("not-found", `${path} does not exist.`, {
        details: { path, tile: 3 },
        cause: new Error("ENOENT"),
      });
    },
    crash: () => {
      throw new TypeError("x is not a function");
    },
    wait: (_input, { signal }) =>
      new Promise<never>((_resolve, reject) => {
        signal.addEventListener("abort", () => {
          cancelled++;
          reject(new Cancelled());
        });
      }),
    cancelledCount: () => cancelled,
    steps: async ({ count }, { progress }) => {
      for (let done = 1; done <= count; done++) {
        progress({ done, total: count, message: `step ${done}` });
        await new Promise((resolve) => setImmediate(resolve));
      }
      return count;
    },
    // A handler that breaks its own promise, to see that the client notices.
    lie: () => 5 as unknown as string,
    // Details that no contract allows, as a careless cast could make them.
    stray: () => {
      throw new FieldmarkError("internal", "Strayed.", { details: { tile: [3] } as never });
    },
    announce: ({ text }) => {
      emit(text);
      return null;
    },
  };
}

import { z } from "zod";
import { Cancelled, ERROR_CODES, FieldmarkError, fromErrorShape } from "../errors.ts";
import type { CallOptions, Client, Contract, Progress } from "./contract.ts";
import type { Port } from "./port.ts";
import { describeIssues } from "./server.ts";

const errorShapeSchema = z.object({
  code: z.enum(ERROR_CODES),
  message: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
  cause: z.string().optional(),
});

const incomingSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("reply"),
    id: z.number(),
    reply: z.union([
      z.object({ ok: z.literal(true), value: z.unknown().optional() }),
      z.object({ ok: z.literal(false), error: errorShapeSchema }),
      z.object({ ok: z.literal(false), cancelled: z.literal(true) }),
    ]),
  }),
  z.object({
    kind: z.literal("progress"),
    id: z.number(),
    progress: z.object({ done: z.number(), total: z.number(), message: z.string() }),
  }),
  z.object({ kind: z.literal("event"), event: z.string(), payload: z.unknown().optional() }),
]);

/** What is left of a reply whose content has the wrong form: enough to end its call, which would wait for ever. */
const brokenReplySchema = z.object({ kind: z.literal("reply"), id: z.number() });

interface OpenCall {
  readonly name: string;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly onProgress: ((progress: Progress) => void) | undefined;
}

/** The calling side of a contract over a port. */
export function connect<C extends Contract>(contract: C, port: Port): Client<C> {
  const open = new Map<number, OpenCall>();
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  let nextId = 1;
  let lost: FieldmarkError | null = null;

  function failAll(error: FieldmarkError): void {
    lost = error;
    for (const call of open.values()) call.reject(error);
    open.clear();
  }

  function settle(id: number, finish: (call: OpenCall) => void): void {
    const call = open.get(id);
    if (!call) return;
    open.delete(id);
    finish(call);
  }

  const stopListening = port.onMessage((raw) => {
    const parsed = incomingSchema.safeParse(raw);
    if (!parsed.success) {
      const broken = brokenReplySchema.safeParse(raw);
      if (broken.success)
        settle(broken.data.id, (call) => call.reject(unexpectedForm(call.name, parsed.error)));
      return;
    }
    const message = parsed.data;
    switch (message.kind) {
      case "progress":
        open.get(message.id)?.onProgress?.(message.progress);
        return;
      case "event":
        for (const listener of listeners.get(message.event) ?? []) listener(message.payload);
        return;
      case "reply":
        settle(message.id, (call) => {
          const { reply } = message;
          if (!reply.ok) {
            if ("cancelled" in reply) call.reject(new Cancelled());
            else call.reject(fromErrorShape(reply.error));
            return;
          }
          const value = contract.calls[call.name]?.output.safeParse(reply.value);
          if (value?.success) call.resolve(value.data);
          else call.reject(unexpectedForm(call.name, value?.error));
        });
        return;
    }
  });

  const stopClose = port.onClose((reason) => failAll(new FieldmarkError("engine-lost", reason)));

  function request(name: string, input: unknown, options: CallOptions = {}): Promise<unknown> {
    const { signal, onProgress } = options;
    if (lost) return Promise.reject(lost);
    if (signal?.aborted) return Promise.reject(new Cancelled());
    const id = nextId++;
    return new Promise<unknown>((resolve, reject) => {
      const cancel = () => port.post({ kind: "cancel", id });
      const done = () => signal?.removeEventListener("abort", cancel);
      open.set(id, {
        name,
        onProgress,
        resolve: (value) => {
          done();
          resolve(value);
        },
        reject: (error) => {
          done();
          reject(error);
        },
      });
      signal?.addEventListener("abort", cancel, { once: true });
      port.post({ kind: "request", id, call: name, input });
    });
  }

  const client = {
    call: request,
    on(name: string, listener: (payload: unknown) => void) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener));
      return () => void set.delete(listener);
    },
    close() {
      stopListening();
      stopClose();
      failAll(new FieldmarkError("engine-lost", "The connection was closed."));
      port.close();
    },
  };
  // The loose functions above are given the contract's types once, here: replies were validated against it.
  return client as unknown as Client<C>;
}

function unexpectedForm(call: string, problem: z.ZodError | undefined): FieldmarkError {
  const what = problem ? describeIssues(problem) : "unknown call";
  return new FieldmarkError("internal", `The answer to ${call} has an unexpected form: ${what}.`);
}

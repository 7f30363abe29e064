import { z } from "zod";
import { Cancelled, toErrorShape } from "../errors.ts";
import type { CallName, Contract, EventName, EventPayload, Handlers } from "./contract.ts";
import type { Port, Reply } from "./port.ts";

const incomingSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("request"), id: z.number(), call: z.string(), input: z.unknown().optional() }),
  z.object({ kind: z.literal("cancel"), id: z.number() }),
]);

export interface Server<C extends Contract> {
  emit<K extends EventName<C>>(event: K, payload: EventPayload<C, K>): void;
  close(): void;
}

/** A short account of what is wrong with an input, for the error's sentence. */
export function describeIssues(error: z.ZodError): string {
  return error.issues
    .slice(0, 3)
    .map((issue) => (issue.path.length > 0 ? `${issue.path.join(".")}: ${issue.message}` : issue.message))
    .join("; ");
}

/**
 * Serves a contract over a port until the port closes. Every input is validated; whatever a
 * handler throws becomes an error reply; open calls are cancelled when the other side goes.
 */
export function serve<C extends Contract>(contract: C, handlers: Handlers<C>, port: Port): Server<C> {
  const running = new Map<number, AbortController>();

  async function answer(id: number, call: string, input: unknown, signal: AbortSignal): Promise<Reply> {
    const definition = Object.hasOwn(contract.calls, call) ? contract.calls[call] : undefined;
    if (!definition) {
      return { ok: false, error: { code: "invalid-input", message: `There is no call named "${call}".` } };
    }
    const parsed = definition.input.safeParse(input);
    if (!parsed.success) {
      const problem = describeIssues(parsed.error);
      return { ok: false, error: { code: "invalid-input", message: `${call}: ${problem}.` } };
    }
    try {
      // The handler's type is tied to the call's name by `Handlers<C>`; the name was looked up above.
      const handler = handlers[call as CallName<C>] as (
        input: unknown,
        context: { signal: AbortSignal; progress: (progress: never) => void },
      ) => unknown;
      const value = await handler(parsed.data, {
        signal,
        progress: (progress) => port.post({ kind: "progress", id, progress }),
      });
      return { ok: true, value };
    } catch (error) {
      if (error instanceof Cancelled || (signal.aborted && isAbort(error)))
        return { ok: false, cancelled: true };
      return { ok: false, error: toErrorShape(error) };
    }
  }

  const stopListening = port.onMessage((raw) => {
    const message = incomingSchema.safeParse(raw);
    if (!message.success) return;
    const data = message.data;
    if (data.kind === "cancel") {
      running.get(data.id)?.abort();
      return;
    }
    const controller = new AbortController();
    running.set(data.id, controller);
    void answer(data.id, data.call, data.input, controller.signal).then((reply) => {
      running.delete(data.id);
      send(data.id, reply);
    });
  });

  /** An answer that can't be sent (a function in it, say) is the call's error; nobody could catch it here. */
  function send(id: number, reply: Reply): void {
    try {
      port.post({ kind: "reply", id, reply });
    } catch (error) {
      port.post({ kind: "reply", id, reply: { ok: false, error: toErrorShape(error) } });
    }
  }

  function cancelAll(): void {
    for (const controller of running.values()) controller.abort();
    running.clear();
  }
  port.onClose(cancelAll);

  return {
    emit: (event, payload) => port.post({ kind: "event", event, payload }),
    close() {
      stopListening();
      cancelAll();
    },
  };
}

/** Node's own functions throw an AbortError when their signal is raised. */
function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}

import { type AppContract, appContract } from "../../shared/contracts/app.ts";
import { Cancelled, FieldmarkError } from "../../shared/errors.ts";
import { connect } from "../../shared/rpc/client.ts";
import type { CallName, CallOptions, Client, EventName, EventPayload } from "../../shared/rpc/contract.ts";
import type { Port } from "../../shared/rpc/port.ts";
import { strings } from "../strings.ts";
import { REPEATABLE_CALLS } from "./repeatable-calls.ts";
import { ConnectionRefused } from "./web-socket-port.ts";

export type ConnectionState = "connecting" | "open" | "lost" | "refused";

/** The application's contract over a connection that comes back by itself. */
export interface Connection {
  /**
   * Waits while the connection is away. A call that was under way when it was lost is sent again,
   * in the order of the calls, where repeating it does no harm; otherwise it fails with `engine-lost`.
   */
  readonly call: Client<AppContract>["call"];
  /** Subscriptions outlive a loss. */
  readonly on: Client<AppContract>["on"];
  state(): ConnectionState;
  onState(listener: (state: ConnectionState) => void): () => void;
  close(): void;
}

interface OpenClient {
  readonly client: Client<AppContract>;
  lost: boolean;
}

/** The contract types each subscriber by its event; in here one type stands for all of them. */
type Listener = (payload: EventPayload<AppContract, EventName<AppContract>>) => void;

interface Subscription {
  readonly name: EventName<AppContract>;
  readonly listener: Listener;
  stop: (() => void) | null;
}

const LONGEST_WAIT_MS = 5000;

/** Connects, and connects again after each loss, at first after 0.25 s, later every 5 s. */
export function createConnection(
  openPort: () => Promise<Port>,
  wait: (milliseconds: number) => Promise<void> = sleep,
): Connection {
  let state: ConnectionState = "connecting";
  let closed = false;
  let waiting: { readonly order: number; readonly go: (opened: OpenClient) => void }[] = [];
  let nextOrder = 1;
  let current: OpenClient | null = null;
  const stateListeners = new Set<(state: ConnectionState) => void>();
  const subscriptions = new Set<Subscription>();

  function setState(next: ConnectionState): void {
    if (next === state) return;
    state = next;
    for (const listener of stateListeners) listener(next);
  }

  async function keepOpen(): Promise<void> {
    for (let attempt = 0; !closed; attempt++) {
      if (attempt > 0) await wait(Math.min(LONGEST_WAIT_MS, 125 * 2 ** attempt));
      try {
        attach(await openPort());
        return;
      } catch (error) {
        setState(error instanceof ConnectionRefused ? "refused" : "lost");
      }
    }
  }

  function attach(port: Port): void {
    const opened: OpenClient = { client: connect(appContract, port), lost: false };
    current = opened;
    for (const subscription of subscriptions) {
      subscription.stop = opened.client.on(subscription.name, subscription.listener);
    }
    port.onClose(() => {
      opened.lost = true;
      if (closed) return;
      setState("lost");
      void keepOpen();
    });
    setState("open");
    const inOrder = waiting.sort((a, b) => a.order - b.order);
    waiting = [];
    for (const { go } of inOrder) go(opened);
  }

  function nextClient(order: number): Promise<OpenClient> {
    return new Promise((go) => waiting.push({ order, go }));
  }

  async function call(name: CallName<AppContract>, input?: unknown, options?: CallOptions): Promise<unknown> {
    const order = nextOrder++;
    for (;;) {
      const opened = current && !current.lost ? current : await nextClient(order);
      if (options?.signal?.aborted) throw new Cancelled();
      try {
        // Inputs are typed by `Connection.call` and validated where they arrive.
        return await opened.client.call(name, input as never, options);
      } catch (error) {
        if (!opened.lost || closed) throw error;
        if (!REPEATABLE_CALLS.has(name)) {
          throw new FieldmarkError("engine-lost", strings.connection.interrupted, { cause: error });
        }
      }
    }
  }

  void keepOpen();
  const connection = {
    call,
    on(name: EventName<AppContract>, listener: Listener) {
      const subscription: Subscription = { name, listener, stop: null };
      subscriptions.add(subscription);
      if (current && !current.lost) subscription.stop = current.client.on(name, listener);
      return () => {
        subscriptions.delete(subscription);
        subscription.stop?.();
      };
    },
    state: () => state,
    onState(listener: (state: ConnectionState) => void) {
      stateListeners.add(listener);
      return () => void stateListeners.delete(listener);
    },
    close() {
      closed = true;
      current?.client.close();
    },
  };
  // The loose functions above get the contract's types here; the client validates every reply against it.
  return connection as unknown as Connection;
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

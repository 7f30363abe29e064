import { type EngineContract, engineContract } from "../../shared/contracts/engine.ts";
import { FieldmarkError } from "../../shared/errors.ts";
import { connect } from "../../shared/rpc/client.ts";
import type {
  CallInput,
  CallName,
  CallOptions,
  CallOutput,
  Client,
  EventName,
  EventPayload,
} from "../../shared/rpc/contract.ts";
import type { EngineProcess, EngineSpawner } from "./engine-process.ts";

type Calls = EngineContract;

/** The engine as the application sees it: always callable, whatever happened to the process. */
export interface EngineHost {
  /** Starts the engine when it is not running. A crash during the call is tried once more in a new process. */
  call<K extends CallName<Calls>>(
    name: K,
    input: CallInput<Calls, K>,
    options?: CallOptions,
  ): Promise<CallOutput<Calls, K>>;
  on<K extends EventName<Calls>>(name: K, listener: (payload: EventPayload<Calls, K>) => void): () => void;
  /** The running process's id; undefined while none runs. */
  readonly pid: number | undefined;
  /** Called whenever the process was lost unasked. */
  onLost(listener: (reason: string) => void): () => void;
  close(): void;
}

interface Running {
  readonly process: EngineProcess;
  readonly client: Client<Calls>;
}

const WORDS: Readonly<Record<CallName<Calls>, string>> = {
  status: "starting",
  encode: "computing embeddings",
  train: "training",
  trainNetwork: "training a network",
  features: "looking at patches",
  query: "choosing patches",
  predict: "predicting",
  simulate: "simulating",
};

export function createEngineHost(spawn: EngineSpawner): EngineHost {
  let running: Running | null = null;
  let closed = false;
  const lostListeners = new Set<(reason: string) => void>();
  const subscriptions = new Set<(client: Client<Calls>) => void>();

  function start(): Running {
    if (closed) throw new FieldmarkError("engine-lost", "Fieldmark is closing.");
    const process = spawn();
    const started: Running = { process, client: connect(engineContract, process.port) };
    process.port.onClose((reason) => {
      if (running !== started) return;
      running = null;
      if (!closed) for (const listener of lostListeners) listener(reason);
    });
    for (const subscribe of subscriptions) subscribe(started.client);
    running = started;
    return started;
  }

  /** The signature of `Client.call` can't be spread from a generic: the rest is typed where it is used. */
  function request<K extends CallName<Calls>>(
    name: K,
    input: CallInput<Calls, K>,
    options: CallOptions,
  ): Promise<CallOutput<Calls, K>> {
    const { client } = running ?? start();
    const call = client.call as (
      name: K,
      input: CallInput<Calls, K>,
      options: CallOptions,
    ) => Promise<CallOutput<Calls, K>>;
    return call(name, input, options);
  }

  return {
    async call(name, input, options = {}) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await request(name, input, options);
        } catch (error) {
          const lost = error instanceof FieldmarkError && error.code === "engine-lost";
          if (!lost || closed || options.signal?.aborted) throw error;
          if (attempt === 2) {
            throw new FieldmarkError(
              "engine-lost",
              `The learning engine stopped twice while ${WORDS[name]}. All labels are safe. Close other programs ` +
                `that use much memory and try again; "fieldmark doctor" shows what the engine runs on.`,
              { cause: error },
            );
          }
          options.onProgress?.({ done: 0, total: 0, message: "The engine stopped and is being restarted" });
        }
      }
    },
    on(name, listener) {
      let unsubscribe = () => {};
      const subscribe = (client: Client<Calls>) => {
        unsubscribe = client.on(name, listener);
      };
      subscriptions.add(subscribe);
      if (running) subscribe(running.client);
      return () => {
        subscriptions.delete(subscribe);
        unsubscribe();
      };
    },
    get pid() {
      return running?.process.pid;
    },
    onLost(listener) {
      lostListeners.add(listener);
      return () => void lostListeners.delete(listener);
    },
    close() {
      closed = true;
      const current = running;
      running = null;
      current?.client.close();
      current?.process.kill();
    },
  };
}

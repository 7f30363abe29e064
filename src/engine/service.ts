import type { EngineContract } from "../shared/contracts/engine.ts";
import type { EventName, EventPayload, Handlers } from "../shared/rpc/contract.ts";
import { type Backend, loadBackend } from "./backends/index.ts";
import { encode } from "./encoders/encode.ts";
import { ENCODERS } from "./encoders/index.ts";
import { HEADS } from "./heads/index.ts";
import { predict } from "./predict.ts";
import { query } from "./query.ts";
import { QUERY_FUNCTIONS } from "./query-functions/index.ts";
import { describeEntry } from "./registry.ts";
import { simulate } from "./simulation/simulate.ts";
import { train } from "./train.ts";
import { computeFeatures } from "./training/features.ts";
import { NETWORK_ENTRIES } from "./training/options.ts";
import { trainNetwork } from "./training/train-network.ts";

export interface EngineOptions {
  /** Sends an event to whoever holds the other end. */
  readonly emit: <K extends EventName<EngineContract>>(
    event: K,
    payload: EventPayload<EngineContract, K>,
  ) => void;
  /** What loads the mathematics, on the first call that needs it; the machine's best backend by default. */
  readonly load?: () => Promise<Backend>;
}

/** The engine's calls. They hold no state but the loaded backend: everything else is on disk. */
export function createEngineHandlers({ emit, load = loadBackend }: EngineOptions): Handlers<EngineContract> {
  let loading: Promise<Backend> | undefined;
  const backend = () => {
    loading ??= load();
    return loading;
  };
  const math = async () => (await backend()).tf;
  return {
    async status() {
      const { id, reason, improve, version } = await backend();
      return {
        backend: { id, reason, improve, version },
        encoders: ENCODERS.map((entry) => describeEntry(entry, false)),
        queryFunctions: QUERY_FUNCTIONS.map((entry) => describeEntry(entry, entry.needs.model)),
        heads: HEADS.map((entry) => describeEntry(entry, false)),
        networks: NETWORK_ENTRIES.map((entry) => describeEntry(entry, false)),
      };
    },
    async encode(input, work) {
      const result = await encode(input, await math(), work);
      if (result.failures.length > 0) {
        emit("log", {
          level: "warning",
          message: `${result.failures.length} patches could not be read; the first one: ${result.failures[0]?.message}`,
        });
      }
      return result;
    },
    train: async (input, work) => train(input, await math(), work),
    async trainNetwork(input, work) {
      const { notes, ...result } = await trainNetwork(input, await math(), work);
      for (const message of notes) emit("log", { level: "warning", message });
      return result;
    },
    features: async (input, work) => computeFeatures(input, await math(), work),
    query: async (input, work) => query(input, await math(), work),
    predict: async (input, work) => ({ probabilities: await predict(input, await math(), work) }),
    simulate: async (input, work) => ({
      rows: await simulate(input, await math(), work, (row) => emit("simulationRow", row)),
    }),
  };
}

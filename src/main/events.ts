import type { AppContract } from "../shared/contracts/app.ts";
import type { EventName, EventPayload } from "../shared/rpc/contract.ts";

export type AppEventListener = <K extends EventName<AppContract>>(
  event: K,
  payload: EventPayload<AppContract, K>,
) => void;

/** The events of the app contract, from whoever has news to every host that listens. */
export class Events {
  readonly #listeners = new Set<AppEventListener>();

  on(listener: AppEventListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  readonly emit: AppEventListener = (event, payload) => {
    for (const listener of this.#listeners) listener(event, payload);
  };
}

import { setImmediate } from "node:timers/promises";
import { throwIfCancelled } from "../shared/errors.ts";
import type { Progress } from "../shared/rpc/contract.ts";

/** How a long computation stays polite: it reports progress and can be cancelled between batches. */
export interface Work {
  readonly signal: AbortSignal;
  readonly progress: (progress: Progress) => void;
}

/** Work that nobody watches and nobody can cancel. */
export const QUIET_WORK: Work = { signal: new AbortController().signal, progress: () => {} };

/**
 * Lets waiting messages in (a cancellation among them), then goes on. Called between batches.
 * @throws Cancelled when the signal has been raised
 */
export async function breathe(work: Work): Promise<void> {
  throwIfCancelled(work.signal);
  await setImmediate();
  throwIfCancelled(work.signal);
}

/** The same work without its progress, for a part whose steps would confuse the whole's. */
export function silent(work: Work): Work {
  return { signal: work.signal, progress: () => {} };
}

/** Seconds since an earlier `performance.now()`. */
export function secondsSince(start: number): number {
  return (performance.now() - start) / 1000;
}

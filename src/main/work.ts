import type { Progress } from "../shared/rpc/contract.ts";

/** How a use case reports and is stopped. Cancelled work throws `Cancelled`. */
export interface Work {
  readonly signal?: AbortSignal;
  readonly progress: (progress: Progress) => void;
}

/** Work that nobody watches. */
export const QUIET: Work = { progress: () => {} };

/** Lets waiting label commits and pictures have their turn during a long loop. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

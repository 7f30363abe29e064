import { useEffect, useRef, useState } from "react";
import { Cancelled } from "../../shared/errors.ts";
import type { CallOptions, Progress } from "../../shared/rpc/contract.ts";

interface CancellableCall {
  /** Null while nothing runs. */
  readonly progress: Progress | null;
  readonly error: unknown;
  /** Runs in place of what ran before. Resolves with null when it was cancelled or failed. */
  readonly run: <Result>(work: (options: CallOptions) => Promise<Result>) => Promise<Result | null>;
  readonly cancel: () => void;
}

/** A call with progress that ends with the component, or when the user says so. */
export function useCancellableCall(): CancellableCall {
  const [progress, setProgress] = useState<Progress | null>(null);
  const [error, setError] = useState<unknown>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  async function run<Result>(work: (options: CallOptions) => Promise<Result>): Promise<Result | null> {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    setError(null);
    setProgress({ done: 0, total: 0, message: "" });
    try {
      const result = await work({ signal: controller.signal, onProgress: setProgress });
      return controller.signal.aborted ? null : result;
    } catch (problem) {
      if (!(problem instanceof Cancelled) && !controller.signal.aborted) setError(problem);
      return null;
    } finally {
      if (running.current === controller) {
        running.current = null;
        setProgress(null);
      }
    }
  }

  return { progress, error, run, cancel: () => running.current?.abort() };
}

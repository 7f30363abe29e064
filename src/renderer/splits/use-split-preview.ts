import { useEffect, useState } from "react";
import type { SplitPreview, SplitRequest } from "../../shared/domain/splits.ts";
import { Cancelled } from "../../shared/errors.ts";
import { call } from "../state/session.ts";

const DELAY_MS = 250;

interface PreviewState {
  /** The newest preview; the one before stays until the next is there. */
  readonly preview: SplitPreview | null;
  /** The preview is of another request than the one asked for. */
  readonly stale: boolean;
  readonly error: unknown;
}

/**
 * Asks what splits a request gives, a moment after it changed.
 *
 * @param request null while it can't be asked for
 * @param version changes when the answer may be another one although the request is the same
 */
export function useSplitPreview(request: SplitRequest | null, version: string): PreviewState {
  const [state, setState] = useState<PreviewState>({ preview: null, stale: true, error: null });
  const asked = request && JSON.stringify({ request, version });
  useEffect(() => {
    setState((before) => ({ ...before, stale: true, error: null }));
    if (asked === null) return;
    const { request: wanted } = JSON.parse(asked) as { request: SplitRequest };
    const controller = new AbortController();
    const timer = setTimeout(() => {
      call("splits.preview", wanted, { signal: controller.signal })
        .then((preview) => {
          if (!controller.signal.aborted) setState({ preview, stale: false, error: null });
        })
        .catch((error: unknown) => {
          if (controller.signal.aborted || error instanceof Cancelled) return;
          setState({ preview: null, stale: false, error });
        });
    }, DELAY_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [asked]);
  return state;
}

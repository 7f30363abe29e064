import type { SplitMethod, SplitRequest } from "../../shared/domain/splits.ts";
import { strings } from "../strings.ts";

/** Splits as they are asked for in the form; a number that is being typed may be missing. */
export interface SplitDraft {
  readonly method: SplitMethod;
  /** In percent. */
  readonly val: number | null;
  readonly test: number | null;
  /** Metres; null = what is suggested. */
  readonly blockSize: number | null;
  readonly seed: number | null;
  readonly gap: boolean;
}

export function firstDraft(seed: number): SplitDraft {
  return { method: "blocks", val: 20, test: 20, blockSize: null, seed, gap: false };
}

/** What keeps the splits from being drawn, in a sentence; null when nothing does. */
export function problemOfShares({ val, test }: SplitDraft): string | null {
  return (val ?? 0) + (test ?? 0) >= 100 ? strings.splitting.sharesTooLarge : null;
}

/** Null while something is missing or wrong. */
export function toRequest(draft: SplitDraft): SplitRequest | null {
  const { method, val, test, blockSize, seed, gap } = draft;
  if (val === null || test === null || seed === null || problemOfShares(draft) !== null) return null;
  return {
    method,
    val: val / 100,
    test: test / 100,
    seed,
    blockSize: method === "blocks" ? blockSize : null,
    gap,
  };
}

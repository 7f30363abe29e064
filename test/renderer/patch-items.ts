import type { PatchItem } from "../../src/shared/domain/project.ts";

/** A patch that nobody has looked at, with whatever a test sets. */
export function patchItem(changes: Partial<PatchItem> = {}): PatchItem {
  return {
    id: 1,
    name: "scene@0_0",
    width: 64,
    height: 64,
    split: "pool",
    status: "unseen",
    flagged: false,
    labels: {},
    probabilities: null,
    query: null,
    ...changes,
  };
}

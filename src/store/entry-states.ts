import type { JournalState } from "../shared/domain/labels.ts";

/** How far a patch is: entries without a class. `open` = neither confirmed nor skipped. */
export type ReviewState = "open" | "confirmed" | "skipped";
export type FlagState = "flagged" | "unflagged";
export type EntryState = JournalState | ReviewState | FlagState;

/** What an entry sets: one class on a patch, the patch's review, or its flag. Later entries on the same register win. */
export type Register =
  | { readonly kind: "class"; readonly patchId: number; readonly classId: number }
  | { readonly kind: "review"; readonly patchId: number }
  | { readonly kind: "flag"; readonly patchId: number };

export function registerOf(patchId: number, classId: number | null, state: EntryState): Register {
  if (classId !== null) return { kind: "class", patchId, classId };
  return { kind: state === "flagged" || state === "unflagged" ? "flag" : "review", patchId };
}

/** The state of a register that no entry speaks of. */
export function untouchedState(register: Register): EntryState {
  switch (register.kind) {
    case "class":
      return "cleared";
    case "review":
      return "open";
    case "flag":
      return "unflagged";
  }
}

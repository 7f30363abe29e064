import type { PatchDetail } from "../../../shared/domain/project.ts";

type Entry = PatchDetail["history"][number];

/** One or several entries of the history that say the same of different classes. */
export interface HistoryLine {
  readonly entry: Entry;
  readonly classIds: readonly number[];
}

/** From this many classes on, what came to the same state in one act is one line. */
const MANY = 4;

/** The history as it is read: newest first, with the many classes of one act (confirming, undo, a file) together. */
export function historyLines(history: readonly Entry[]): HistoryLine[] {
  const acts = Map.groupBy(history, ({ time, state, origin }) => `${time} ${state} ${origin}`);
  return [...acts.values()]
    .flatMap((entries): HistoryLine[] => {
      const [first] = entries;
      const together = first && (entries.length >= MANY || first.origin === "implied");
      if (together) return [{ entry: first, classIds: entries.map(({ classId }) => classId) }];
      return entries.map((entry) => ({ entry, classIds: [entry.classId] }));
    })
    .toReversed();
}

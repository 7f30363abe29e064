import { LISTED_PATHS, type ListedFiles, type SourceChanges } from "../../shared/domain/sources.ts";
import type { Progress } from "../../shared/rpc/contract.ts";
import { listRasters, type Unreadable } from "../scenes/find-rasters.ts";
import { compareListing } from "./compare.ts";
import { type Examination, type Examined, needsAnotherLook } from "./examine.ts";
import { examineAll } from "./examine-pool.ts";
import type { FileIndex, IndexEntry, PendingOutcome } from "./file-index.ts";
import type { IndexedFile } from "./indexed-file.ts";

/** The index is written down after so many files, or so much time: an interruption costs no more than that. */
const SAVE_FILES = 512;
const SAVE_MS = 1000;

export interface IndexUpdate {
  /** Files that are there, sorted by path, those with a problem among them. */
  readonly files: readonly IndexedFile[];
  /** What became of files that are there, by path; interrupted scans since the last finished one included. */
  readonly outcomes: ReadonlyMap<string, PendingOutcome>;
  /** Paths of the index that are not there, sorted. */
  readonly missing: readonly string[];
  /** Folders that could not be read and links that lead nowhere. */
  readonly unreadable: readonly Unreadable[];
  /** True where the folder is as the last finished scan left it: no file was opened, and there is nothing to do. */
  readonly unchanged: boolean;
  readonly headersRead: number;
}

export interface IndexOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/**
 * Brings an index up to what lies in a folder. Files whose size and time are as before are not opened. What was found
 * is written down batch by batch, so that a scan that was cancelled or killed goes on where it was.
 *
 * @throws FieldmarkError `not-found`, `invalid-input`, `unreadable-file` for the folder itself; `Cancelled`
 */
export async function updateIndex(
  folder: string,
  index: FileIndex,
  { signal, onProgress }: IndexOptions = {},
): Promise<IndexUpdate> {
  onProgress?.({ done: 0, total: 0, message: "Looking for rasters" });
  const listing = await listRasters(folder, signal, (files) =>
    onProgress?.({ done: files, total: 0, message: "Looking for rasters" }),
  );
  const entries = index.entries();
  const { same, suspect, changed, added, missing } = compareListing(listing.files, entries);
  const again = same.filter(needsAnotherLook);
  const examinations: readonly Examination[] = [
    ...added.map((file) => ({ file, known: null })),
    ...[...changed, ...suspect],
    ...again.map((known) => ({ file: known, known })),
  ];
  const pendingBefore = new Map<string, PendingOutcome>();
  const current = new Map<string, IndexedFile>();
  for (const { pending, missing: _, ...file } of entries) {
    if (pending) pendingBefore.set(file.path, pending);
    current.set(file.path, file);
  }

  const outcomes = new Map<string, PendingOutcome>();
  for (const { path } of same) {
    const pending = pendingBefore.get(path);
    if (pending) outcomes.set(path, pending);
  }
  let unsaved: { file: IndexedFile; pending: PendingOutcome | null }[] = [];
  let savedAt = performance.now();
  let headersRead = 0;
  let done = 0;
  function save(): void {
    if (unsaved.length > 0) index.save(unsaved);
    unsaved = [];
    savedAt = performance.now();
  }
  const texts = new Map<string, string>();
  function take(examined: readonly Examined[]): void {
    for (const { file: told, outcome, headerRead } of examined) {
      const file = { ...told, facts: sameText(texts, told.facts) };
      const pending = stronger(pendingBefore.get(file.path) ?? null, outcome === "same" ? null : outcome);
      if (pending) outcomes.set(file.path, pending);
      current.set(file.path, file);
      unsaved.push({ file, pending });
      if (headerRead) headersRead++;
    }
    done += examined.length;
    onProgress?.({ done, total: examinations.length, message: "Reading headers" });
    if (unsaved.length >= SAVE_FILES || performance.now() - savedAt >= SAVE_MS) save();
  }
  try {
    await examineAll(folder, examinations, take, signal);
  } finally {
    save();
  }
  const returned = same.some((entry) => entry.missing);
  const vanished = missing.some((entry) => !entry.missing);
  return {
    files: listing.files.flatMap(({ path }) => current.get(path) ?? []),
    outcomes,
    missing: missing.map(({ path }) => path).sort(),
    unreadable: listing.unreadable,
    unchanged: examinations.length === 0 && outcomes.size === 0 && !returned && !vanished,
    headersRead,
  };
}

/**
 * Compares a folder with an index without writing anything down: directory entries, and the content of files whose
 * time is another.
 *
 * @throws as `updateIndex`
 */
export async function compareFolder(
  folder: string,
  entries: readonly IndexEntry[],
  { signal, onProgress }: IndexOptions = {},
): Promise<SourceChanges> {
  const listing = await listRasters(folder, signal);
  const { same, suspect, changed, added, missing } = compareListing(listing.files, entries);
  const outcomes = new Map<string, PendingOutcome>();
  for (const { path, pending } of same) if (pending) outcomes.set(path, pending);
  for (const { path } of added) outcomes.set(path, "new");
  for (const { file, known } of changed)
    outcomes.set(file.path, stronger(known.pending, "changed") ?? "changed");
  let done = 0;
  const take = (examined: readonly Examined[]) => {
    for (const { file, outcome } of examined) if (outcome !== "same") outcomes.set(file.path, outcome);
    done += examined.length;
    onProgress?.({ done, total: suspect.length, message: "Comparing files" });
  };
  await examineAll(folder, suspect, take, signal);
  return summariseChanges({
    files: listing.files.length,
    outcomes,
    missing: missing.map(({ path }) => path),
  });
}

/** Every message of a worker brings its own copy of a text that thousands of files have in common. */
function sameText(texts: Map<string, string>, text: string | null): string | null {
  if (text === null) return null;
  const known = texts.get(text);
  if (known === undefined) texts.set(text, text);
  return known ?? text;
}

const STRENGTH: Readonly<Record<PendingOutcome, number>> = { touched: 1, changed: 2, new: 3 };

/** A file that an interrupted scan found new and this one finds changed is new to whatever comes after. */
function stronger(before: PendingOutcome | null, now: PendingOutcome | null): PendingOutcome | null {
  if (before === null || now === null) return before ?? now;
  return STRENGTH[before] >= STRENGTH[now] ? before : now;
}

/** The update as it is reported. */
export function summariseChanges({
  files,
  outcomes,
  missing,
}: {
  readonly files: number;
  readonly outcomes: ReadonlyMap<string, PendingOutcome>;
  readonly missing: readonly string[];
}): SourceChanges {
  const paths: Record<PendingOutcome, string[]> = { new: [], changed: [], touched: [] };
  for (const [path, outcome] of outcomes) paths[outcome].push(path);
  return {
    files,
    unchanged: files - outcomes.size,
    new: listed(paths.new),
    changed: listed(paths.changed),
    touched: listed(paths.touched),
    missing: listed(missing),
  };
}

function listed(paths: readonly string[]): ListedFiles {
  return { count: paths.length, paths: paths.toSorted().slice(0, LISTED_PATHS) };
}

import type { FileOutcome } from "./examine.ts";
import type { IndexedFile } from "./indexed-file.ts";

/** What a scan noted of a file. It stays until the scan has ended, so that an interruption loses nothing. */
export type PendingOutcome = Exclude<FileOutcome, "same">;

export interface IndexEntry extends IndexedFile {
  /** Null where no unfinished scan found anything out. */
  readonly pending: PendingOutcome | null;
  /** Whether the file was gone when the last finished scan looked. */
  readonly missing: boolean;
}

/** Where a source's files are written down. */
export interface FileIndex {
  /** All files ever seen, missing ones included. */
  entries(): readonly IndexEntry[];
  /** Adds or replaces entries; they are there for good when it returns. */
  save(files: readonly { readonly file: IndexedFile; readonly pending: PendingOutcome | null }[]): void;
}

/** An index that ends with the program: for a look into a folder that belongs to no project. */
export function createMemoryIndex(): FileIndex {
  const entries = new Map<string, IndexEntry>();
  return {
    entries: () => [...entries.values()],
    save(files) {
      for (const { file, pending } of files) entries.set(file.path, { ...file, pending, missing: false });
    },
  };
}

import type { ListedFile } from "../scenes/find-rasters.ts";

/** A folder's files in relation to an index of it. */
export interface Comparison<Known extends ListedFile> {
  /** The same size and time, and the same files beside. */
  readonly same: Known[];
  /** The same size, but another time of the file or of what lies beside it: only the content can tell. */
  readonly suspect: { readonly file: ListedFile; readonly known: Known }[];
  /** Another size. */
  readonly changed: { readonly file: ListedFile; readonly known: Known }[];
  readonly added: ListedFile[];
  /** In the index, but not in the folder. */
  readonly missing: Known[];
}

/** Compares a listing with the index; looks at no file. */
export function compareListing<Known extends ListedFile>(
  listed: readonly ListedFile[],
  index: Iterable<Known>,
): Comparison<Known> {
  const byPath = new Map<string, Known>();
  for (const known of index) byPath.set(known.path, known);
  const result: Comparison<Known> = { same: [], suspect: [], changed: [], added: [], missing: [] };
  for (const file of listed) {
    const known = byPath.get(file.path);
    byPath.delete(file.path);
    if (!known) result.added.push(file);
    else if (known.bytes !== file.bytes) result.changed.push({ file, known });
    else if (known.modified !== file.modified || known.beside !== file.beside)
      result.suspect.push({ file, known });
    else result.same.push(known);
  }
  result.missing.push(...byPath.values());
  return result;
}

import { join } from "node:path";
import { FieldmarkError, toErrorShape } from "../../shared/errors.ts";
import { mapLimited } from "../scenes/concurrency.ts";
import type { ListedFile } from "../scenes/find-rasters.ts";
import { readHeader } from "../scenes/raster-file.ts";
import { readFingerprint } from "./fingerprint.ts";
import { headerText, type IndexedFile, READER_VERSION } from "./indexed-file.ts";

/** What became of a file: `touched` has another time but the same content, `same` was looked at and is as it was. */
export type FileOutcome = "new" | "changed" | "touched" | "same";

/** A file to be looked into, with what the index knows of it. */
export interface Examination {
  readonly file: ListedFile;
  readonly known: IndexedFile | null;
}

export interface Examined {
  readonly file: IndexedFile;
  readonly outcome: FileOutcome;
  readonly headerRead: boolean;
}

/** Looks into one file. A file that can't be used is a result with a problem, never an error. */
export async function examine(folder: string, { file, known }: Examination): Promise<Examined> {
  let fingerprint: string | null = null;
  try {
    const read = readFingerprint(join(folder, file.path), file.bytes);
    fingerprint = read.fingerprint;
    const sameContent = known !== null && known.fingerprint === fingerprint;
    const sameHeader = sameContent && known.beside === file.beside && known.reader === READER_VERSION;
    if (sameHeader) {
      const outcome = known.modified === file.modified ? "same" : "touched";
      return { file: { ...known, ...file }, outcome, headerRead: false };
    }
    const header = headerText(await readHeader(folder, file, read.content));
    const result = { ...file, fingerprint, ...header, problem: null, reader: READER_VERSION };
    return { file: result, outcome: outcomeOf(result, known), headerRead: true };
  } catch (error) {
    const { path, bytes, modified, beside } = file;
    const result: IndexedFile = {
      path,
      bytes,
      modified,
      beside,
      fingerprint,
      facts: null,
      geotransform: null,
      problem: messageOf(error),
      reader: READER_VERSION,
    };
    return { file: result, outcome: outcomeOf(result, known), headerRead: true };
  }
}

/** While one file's header waits for the disk, the next ones are at work. */
const FILES_AT_ONCE = 4;

export function examineBatch(folder: string, batch: readonly Examination[]): Promise<Examined[]> {
  return mapLimited(batch, FILES_AT_ONCE, (one) => examine(folder, one));
}

/** Whether the index has to look into a file again although neither its size nor its time are different. */
export function needsAnotherLook({ fingerprint, reader }: IndexedFile): boolean {
  // Without a fingerprint the file could not be opened: a permission or a drive, which says nothing of the file.
  return fingerprint === null || reader !== READER_VERSION;
}

function outcomeOf(file: IndexedFile, known: IndexedFile | null): FileOutcome {
  if (known === null) return "new";
  if (known.fingerprint !== file.fingerprint) return "changed";
  const otherReader = known.reader !== file.reader;
  const sameFacts = known.facts === file.facts && known.geotransform === file.geotransform;
  if (!sameFacts && !otherReader) return "changed";
  return known.modified === file.modified ? "same" : "touched";
}

function messageOf(error: unknown): string {
  const { message, cause } = toErrorShape(error);
  return error instanceof FieldmarkError || cause === undefined ? message : `${message} (${cause})`;
}

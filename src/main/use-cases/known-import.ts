import { basename } from "node:path";
import { FieldmarkError, toErrorShape } from "../../shared/errors.ts";
import type { ProjectStore } from "../../store/project-store.ts";
import { recogniseArchive } from "../known-archives/index.ts";
import type { KnownArchive } from "../known-archives/known-archive.ts";
import type { Work } from "../work.ts";
import { applyLabels, type ImportedLabels } from "./apply-labels.ts";

export interface KnownImport extends ImportedLabels {
  /** Images that the archive's labels name and the project doesn't have. */
  readonly missing: number;
  /** Label files that were passed over. */
  readonly unreadable: readonly { readonly path: string; readonly message: string }[];
}

/** The known archive in a folder whose labels can be taken over; `invalid-input` says why where they can't. */
export async function requireKnownArchive(folder: string): Promise<KnownArchive> {
  const archive = await recogniseArchive(folder);
  if (archive?.problem === null) return archive;
  throw new FieldmarkError(
    "invalid-input",
    archive?.problem ??
      `${folder} is no archive whose labels are known by its layout. Make the project without them and import a label file instead.`,
    { details: { folder } },
  );
}

/**
 * Brings an archive's own labels and splits into a project on its imagery. They are by the archive, so it
 * is their annotator. Images that are not at hand are passed over and counted.
 */
export async function importKnownLabels(
  store: ProjectStore,
  archive: KnownArchive,
  work: Work,
): Promise<KnownImport> {
  const { table, splits, unreadable } = await archive.read(work);
  work.progress({ done: 0, total: 0, message: "Importing labels" });
  const imported = applyLabels(store, {
    table,
    file: archive.labelFile,
    splits: splits && { rows: splits, file: archive.labelFile },
    annotator: archive.name,
    unknownImages: "pass-over",
  });
  return { ...imported, unreadable };
}

/** Imports into a project just made; when that fails the project stays, and the error says so. */
export async function importIntoNewProject(
  store: ProjectStore,
  archive: KnownArchive,
  work: Work,
): Promise<KnownImport> {
  try {
    return await importKnownLabels(store, archive, work);
  } catch (error) {
    if (!(error instanceof FieldmarkError)) throw error;
    const { code, message } = toErrorShape(error);
    throw new FieldmarkError(
      code,
      `${basename(store.paths.folder)} was made, but without the archive's labels: ${message}`,
      { details: { folder: store.paths.folder }, cause: error },
    );
  }
}

/** What was taken over, in words. */
export function describeImport({ labels, patches, missing, unreadable, splits }: KnownImport): string {
  const parts = [`${labels} labels on ${patches} patches imported`];
  if (splits.pool + splits.val + splits.test > 0)
    parts.push(`splits: pool ${splits.pool}, val ${splits.val}, test ${splits.test}, none ${splits.none}`);
  if (missing > 0) parts.push(`${missing} labelled images are not in this folder`);
  if (unreadable.length > 0) parts.push(`${unreadable.length} label files could not be read`);
  return `${parts.join("; ")}.`;
}

import type { KnownArchiveFacts } from "../../shared/contracts/app.ts";
import type { Split } from "../../shared/domain/imagery.ts";
import type { ProjectKind } from "../../shared/domain/learning.ts";
import type { ClassInput } from "../../shared/domain/taxonomy.ts";
import type { ImageReference, LabelTable } from "../importers/importer.ts";
import type { Work } from "../work.ts";
import type { FolderListing } from "./folder-listing.ts";

export interface SplitRow extends ImageReference {
  readonly split: Split;
}

/** How many images each split names. */
export type SplitSizes = Readonly<Record<Split, number>>;

/** All that an archive's own files say about its images. */
export interface ArchiveLabels {
  readonly table: LabelTable;
  /** Null where the archive has no splits. */
  readonly splits: readonly SplitRow[] | null;
  /** Label files that were passed over, each with the reason. */
  readonly unreadable: readonly { readonly path: string; readonly message: string }[];
}

/** A folder whose layout is known, and what can be taken over from it. */
export interface RecognisedArchive {
  /** What was found, in a sentence. */
  readonly description: string;
  readonly kind: ProjectKind;
  readonly classes: ClassInput[];
  /**
   * Absolute folder of the imagery that the labels are about: the chosen folder, unless that one holds
   * other imagery too (another sensor of the same places).
   */
  readonly imagery: string;
  /** Absolute path of the file or folder that the labels come from, for messages. */
  readonly labelFile: string;
  /** Images that have labels, as far as the layout tells. */
  readonly images: number;
  /** Null where the archive has no splits. */
  readonly splits: SplitSizes | null;
  /** What keeps the labels from being imported and what to do about it; null when nothing does. */
  readonly problem: string | null;
  /**
   * Reads the labels. Errors: `invalid-input` naming the file and the line, `not-found`, `Cancelled`.
   * An archive with a problem throws that.
   */
  read(work: Work): Promise<ArchiveLabels>;
}

/** The same with the recogniser's id and name. */
export interface KnownArchive extends RecognisedArchive {
  readonly id: string;
  readonly name: string;
}

/** Knows one layout by its file names alone; no image is opened. */
export interface ArchiveRecogniser {
  readonly id: string;
  readonly name: string;
  /**
   * @param folder absolute, as the user chose it: the archive's own folder, the one above it or the one
   *   with the imagery
   * @returns null where the folder is something else
   */
  recognise(folder: string, listing: FolderListing): Promise<RecognisedArchive | null>;
}

/** The facts of an archive that are shown before it is opened. */
export function describeArchive(archive: KnownArchive): KnownArchiveFacts {
  const { id, name, description, kind, classes, images, splits, problem } = archive;
  return { id, name, description, kind, classes, images, splits, problem };
}

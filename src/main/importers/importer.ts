import type { LabelState } from "../../shared/domain/labels.ts";

/** How a label file names a patch. */
export interface ImageReference {
  readonly image: string;
  /** Upper left corner of the window in the scene, where the file says so. */
  readonly x: number | null;
  readonly y: number | null;
  /** Line in the file, for messages; 0 where the labels come from something without lines. */
  readonly line: number;
}

export interface ImportedRow extends ImageReference {
  /** One entry a class of `LabelTable.classes`; null = not reviewed. */
  readonly states: readonly (LabelState | null)[];
}

/** What an importer makes of a file: classes by name and one row a patch. */
export interface LabelTable {
  readonly classes: readonly string[];
  readonly rows: readonly ImportedRow[];
}

/** Reads one format of label files. Throws `invalid-input` naming the file and the line. */
export interface Importer {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  read(text: string, file: string): LabelTable;
}

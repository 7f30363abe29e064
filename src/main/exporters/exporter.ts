import type { z } from "zod";
import type { Work } from "../work.ts";
import type { ExportDataset } from "./dataset.ts";

/** One file of the exported folder, described for its README. */
export interface ExportedFile {
  readonly name: string;
  readonly description: string;
}

/** Writes one format. `write` fills an empty folder, in which the README joins it. */
export interface Exporter<Options extends z.ZodType = z.ZodType> {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** The specification that the format follows. */
  readonly reference: string;
  readonly options: Options;
  write(
    dataset: ExportDataset,
    folder: string,
    options: z.output<Options>,
    work: Work,
  ): Promise<readonly ExportedFile[]>;
}

import { readFile } from "node:fs/promises";
import { describeSystemError, FieldmarkError } from "../shared/errors.ts";

/** The text of a file that the user or an archive named. Errors: `not-found`, `read-only` (no permission), `unreadable-file`. */
export async function readTextFile(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const shape = describeSystemError(error, file);
    throw new FieldmarkError(
      shape?.code ?? "unreadable-file",
      shape?.message ?? `${file} could not be read.`,
      { details: { file }, cause: error },
    );
  }
}

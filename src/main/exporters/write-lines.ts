import { open } from "node:fs/promises";
import { throwIfCancelled } from "../../shared/errors.ts";

const FLUSH_AT = 1 << 18;

/** Writes text piece by piece, so that a file of a million rows never lies in memory. */
export async function writeLines(
  path: string,
  pieces: Iterable<string>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const file = await open(path, "w");
  try {
    let buffer = "";
    for (const piece of pieces) {
      buffer += piece;
      if (buffer.length < FLUSH_AT) continue;
      throwIfCancelled(signal);
      await file.write(buffer);
      buffer = "";
    }
    await file.write(buffer);
    await file.sync();
  } finally {
    await file.close();
  }
}

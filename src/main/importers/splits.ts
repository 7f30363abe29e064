import { type Split, splitSchema } from "../../shared/domain/imagery.ts";
import { FieldmarkError } from "../../shared/errors.ts";
import { parseCsv } from "../csv.ts";
import { findColumn, plainText, readCoordinate } from "./cells.ts";
import type { ImageReference } from "./importer.ts";

/** Reads `image,split` (and `x,y` for windows); splits are pool, val and test. */
export function readSplits(text: string, file: string): (ImageReference & { split: Split })[] {
  const table = parseCsv(text, file);
  const image = findColumn(table, "image");
  const split = findColumn(table, "split");
  if (image < 0 || split < 0) {
    throw new FieldmarkError("invalid-input", `${file} needs the columns image and split.`, {
      details: { file },
    });
  }
  const x = findColumn(table, "x");
  const y = findColumn(table, "y");
  return table.rows.map((cells, row) => {
    const line = table.lines[row] ?? 0;
    const parsed = splitSchema.safeParse(cells[split]?.toLowerCase());
    if (!parsed.success) {
      throw new FieldmarkError(
        "invalid-input",
        `${file}, line ${line}: "${cells[split]}" is no split. Use pool, val or test.`,
        { details: { file, line } },
      );
    }
    return {
      image: plainText(cells[image] ?? ""),
      x: readCoordinate(table, row, x, file),
      y: readCoordinate(table, row, y, file),
      line,
      split: parsed.data,
    };
  });
}

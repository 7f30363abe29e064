import { FieldmarkError } from "../../shared/errors.ts";
import { parseCsv } from "../csv.ts";
import { readState } from "./cells.ts";
import type { Importer } from "./importer.ts";

/** `LandUse_Multilabeled.txt` (Chaudhuri et al. 2018): tab-separated, header `IMAGE\LABEL`, then one column a class. */
export const ucmercedImporter = {
  id: "ucmerced",
  name: "UC Merced multi-labels",
  description: "The tab-separated LandUse_Multilabeled.txt: IMAGE\\LABEL and one column a class with 1 or 0.",
  read(text, file) {
    const table = parseCsv(text, file);
    if (table.header[0]?.toUpperCase() !== "IMAGE\\LABEL" || table.header.length < 2) {
      throw new FieldmarkError(
        "invalid-input",
        `${file} does not begin with the header IMAGE\\LABEL of the UC Merced multi-labels. For other tables use the format csv.`,
        { details: { file } },
      );
    }
    const classes = table.header.slice(1);
    const seen = new Set<string>();
    const rows = table.rows.map((cells, row) => {
      const line = table.lines[row] ?? 0;
      const image = cells[0] ?? "";
      if (seen.has(image)) {
        throw new FieldmarkError(
          "invalid-input",
          `${file}, line ${line}: the image "${image}" occurs a second time.`,
          {
            details: { file, line },
          },
        );
      }
      seen.add(image);
      const states = classes.map((name, index) => readState(cells[index + 1] ?? "", file, line, name));
      return { image, x: null, y: null, line, states };
    });
    return { classes, rows };
  },
} as const satisfies Importer;

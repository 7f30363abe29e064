import { join } from "node:path";
import { z } from "zod";
import type { LabelState } from "../../shared/domain/labels.ts";
import { assertNever } from "../../shared/errors.ts";
import { csvLine } from "../csv.ts";
import { type ExportDataset, type ExportedPatch, samplingOf } from "./dataset.ts";
import type { Exporter } from "./exporter.ts";
import { writeLines } from "./write-lines.ts";

const WINDOW_COLUMNS = ["image", "x", "y", "width", "height"] as const;

function windowCells(patch: ExportedPatch): (string | number)[] {
  return [patch.image, patch.x, patch.y, patch.width, patch.height];
}

/** Unsure and not reviewed are both empty here; the long table tells them apart. */
function multiHotCell(state: LabelState | null): string {
  switch (state) {
    case "present":
      return "1";
    case "absent":
      return "0";
    case "unsure":
    case null:
      return "";
    default:
      return assertNever(state);
  }
}

function* multiHot({ classes, patches }: ExportDataset): Iterable<string> {
  yield csvLine([
    "patch_id",
    ...WINDOW_COLUMNS,
    "split",
    "sampling",
    "longitude",
    "latitude",
    ...classes.map(({ name }) => name),
  ]);
  for (const patch of patches) {
    yield csvLine([
      patch.id,
      ...windowCells(patch),
      patch.split,
      samplingOf(patch),
      patch.center?.[0] ?? null,
      patch.center?.[1] ?? null,
      ...patch.states.map(multiHotCell),
    ]);
  }
}

function* long({ classes, patches }: ExportDataset): Iterable<string> {
  yield csvLine(["patch_id", ...WINDOW_COLUMNS, "split", "class", "state"]);
  for (const patch of patches) {
    for (const [position, { name }] of classes.entries()) {
      const state = patch.states[position] ?? null;
      if (state !== null) yield csvLine([patch.id, ...windowCells(patch), patch.split, name, state]);
    }
  }
}

/** RFC 4180 tables, multi-hot and long. */
export const csvExporter = {
  id: "csv",
  name: "CSV",
  description: "Two tables: one row a patch with one column a class (1, 0 or nothing), and one row a label.",
  reference: "RFC 4180",
  options: z.object({}),
  async write(dataset, folder, _options, { signal }) {
    await writeLines(join(folder, "labels.csv"), multiHot(dataset), signal);
    await writeLines(join(folder, "labels-long.csv"), long(dataset), signal);
    return [
      {
        name: "labels.csv",
        description:
          "One row a patch, one column a class: 1 present, 0 absent, empty unsure or not reviewed. x, y, width and height are the window in pixels of the image; sampling says whether a query, the control stream or something else chose the patch; longitude and latitude are its centre (WGS 84), where the image is georeferenced.",
      },
      {
        name: "labels-long.csv",
        description: "One row a label: patch, class and state (present, absent or unsure).",
      },
    ];
  },
} as const satisfies Exporter;

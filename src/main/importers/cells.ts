import type { LabelState } from "../../shared/domain/labels.ts";
import { FieldmarkError } from "../../shared/errors.ts";
import type { CsvTable } from "../csv.ts";

const STATES: Readonly<Record<string, LabelState | null>> = {
  "1": "present",
  present: "present",
  true: "present",
  yes: "present",
  "0": "absent",
  absent: "absent",
  false: "absent",
  no: "absent",
  unsure: "unsure",
  "?": "unsure",
  "": null,
};

/** Whether a cell can stand for a state, or for none. */
export function isState(cell: string): boolean {
  return STATES[cell.trim().toLowerCase()] !== undefined;
}

/** The state that a cell stands for; null = not reviewed. */
export function readState(cell: string, file: string, line: number, column: string): LabelState | null {
  const state = STATES[cell.trim().toLowerCase()];
  if (state !== undefined) return state;
  throw new FieldmarkError(
    "invalid-input",
    `${file}, line ${line}: "${cell}" in column "${column}" is no label. Use 1 (present), 0 (absent), unsure, or nothing (not reviewed).`,
    { details: { file, line, column } },
  );
}

/** Undoes the apostrophe that an export puts before text which a spreadsheet would run as a formula. */
export function plainText(cell: string): string {
  return /^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}

/** A pixel coordinate; null where the cell or the column is empty. */
export function readCoordinate(table: CsvTable, row: number, column: number, file: string): number | null {
  const cell = column < 0 ? "" : (table.rows[row]?.[column] ?? "");
  if (cell === "") return null;
  const value = Number(cell);
  if (Number.isInteger(value) && value >= 0) return value;
  throw new FieldmarkError(
    "invalid-input",
    `${file}, line ${table.lines[row]}: "${cell}" is no pixel position (x and y are whole numbers from 0).`,
    { details: { file, line: table.lines[row] ?? 0 } },
  );
}

/** The first column with one of these names, ignoring case; −1 when there is none. */
export function findColumn(table: CsvTable, ...names: readonly string[]): number {
  return table.header.findIndex((name) => names.includes(name.toLowerCase()));
}

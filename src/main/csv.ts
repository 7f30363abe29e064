import { FieldmarkError } from "../shared/errors.ts";

export interface CsvTable {
  readonly header: readonly string[];
  /** Rows as long as the header: missing cells at the end are empty. */
  readonly rows: readonly (readonly string[])[];
  /** Line in the file (1-based) on which each row begins, for messages. */
  readonly lines: readonly number[];
}

/** The delimiter that occurs most often in the header line: comma, semicolon or tab. */
function guessDelimiter(text: string): string {
  const header = text.slice(0, text.search(/\r|\n|$/));
  const count = (delimiter: string) => header.split(delimiter).length;
  return [",", ";", "\t"].reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
}

/**
 * Reads RFC 4180 text: quoted cells, doubled quotes, any line ending, an optional byte order mark;
 * the delimiter (comma, semicolon, tab) is taken from the header. Empty lines are passed over.
 * Throws `invalid-input` naming the line when a row is longer than the header or a quote never closes.
 */
export function parseCsv(source: string, file: string): CsvTable {
  const text = source.startsWith("\uFEFF") ? source.slice(1) : source;
  const delimiter = guessDelimiter(text);
  const records: string[][] = [];
  const lines: number[] = [];
  let record: string[] = [];
  let cell = "";
  let quoted = false;
  let line = 1;
  let recordLine = 1;

  const endRecord = () => {
    record.push(cell);
    cell = "";
    if (record.length > 1 || record[0]?.trim() !== "") {
      records.push(record);
      lines.push(recordLine);
    }
    record = [];
  };

  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if (character === "\n") line++;
    if (quoted) {
      if (character !== '"') cell += character;
      else if (text[i + 1] === '"') {
        cell += '"';
        i++;
      } else quoted = false;
    } else if (character === '"' && cell.trim() === "") {
      quoted = true;
      cell = "";
    } else if (character === delimiter) {
      record.push(cell);
      cell = "";
    } else if (character === "\n" || character === "\r") {
      if (character === "\r" && text[i + 1] === "\n") {
        i++;
        line++;
      }
      endRecord();
      recordLine = line;
    } else cell += character;
  }
  if (quoted) {
    throw new FieldmarkError(
      "invalid-input",
      `${file}: the quote that opens in the row of line ${recordLine} never closes. Mend the file and try again.`,
      { details: { file, line: recordLine } },
    );
  }
  if (cell !== "" || record.length > 0) endRecord();

  const header = (records.shift() ?? []).map((name) => name.trim());
  lines.shift();
  if (header.length === 0) {
    throw new FieldmarkError("invalid-input", `${file} is empty: a header line was expected.`, {
      details: { file },
    });
  }
  const rows = records.map((cells, index) => {
    const extra = cells.slice(header.length).some((value) => value.trim() !== "");
    if (extra) {
      throw new FieldmarkError(
        "invalid-input",
        `${file}, line ${lines[index]}: ${cells.length} cells where the header has ${header.length}. Mend the line and try again.`,
        { details: { file, line: lines[index] ?? 0 } },
      );
    }
    return header.map((_, column) => (cells[column] ?? "").trim());
  });
  return { header, rows, lines };
}

/**
 * One cell. Text that a spreadsheet would run as a formula (a first character of = + - @ or a
 * control character) gets an apostrophe before it; numbers are written as they are.
 */
export function csvCell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "";
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r;\t]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One line, ended with a newline. */
export function csvLine(values: readonly (string | number | null)[]): string {
  return `${values.map(csvCell).join(",")}\n`;
}

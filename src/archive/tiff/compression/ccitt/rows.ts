import { corrupt, unsupported } from "../../faults.ts";
import type { FaxBitReader } from "./bit-reader.ts";
import { BLACK, type CodeTable, KIND, MODE, MODES, WHITE } from "./codes.ts";
import type { Runs } from "./runs.ts";

/** Whether a row ended with an end of line that came instead of a run. */
export type EndedByLine = boolean;

/** One row of one-dimensional coding (T.4, 4.1). */
export function readRow(reader: FaxBitReader, row: Runs, width: number): EndedByLine {
  row.clear();
  let ended = false;
  for (;;) {
    ended = readRun(reader, row, WHITE);
    if (ended || row.position >= width) break;
    ended = readRun(reader, row, BLACK);
    if (ended || row.position >= width) break;
    row.dropEmptyPair();
  }
  row.complete();
  return ended;
}

/** A run's make-up codes and its terminating one. Returns whether an end of line came instead. */
function readRun(reader: FaxBitReader, row: Runs, table: CodeTable): boolean {
  for (;;) {
    const entry = reader.code(table);
    const length = entry >> 8;
    switch ((entry >> 4) & 15) {
      case KIND.terminating:
        row.add(length);
        return false;
      case KIND.makeUp:
        row.extend(length);
        break;
      case KIND.endOfLine:
        return true;
      default:
        throw corrupt("its CCITT data use a code that does not exist");
    }
  }
}

/** One row of two-dimensional coding (T.4, 4.2; T.6, 2.2). @param above the row before */
export function readRowFrom(reader: FaxBitReader, row: Runs, above: Runs, width: number): EndedByLine {
  row.clear();
  // The changing element b1 of the row above, and the index of the run that begins there.
  let next = 1;
  let b1 = above.at(0);
  const advance = () => {
    if (row.count === 0) return;
    while (b1 <= row.position && b1 < width && next < above.count) {
      b1 += above.at(next) + above.at(next + 1);
      next += 2;
    }
  };
  while (row.position < width) {
    const entry = reader.code(MODES);
    const kind = (entry >> 4) & 15;
    if (kind === KIND.endOfLine) return endOfLine(reader, row, width);
    if (kind !== KIND.mode) throw corrupt("its CCITT data use a code that does not exist");
    const mode = entry >> 8;
    if (mode === MODE.extension) throw unsupported("CCITT data with uncompressed parts are not supported");
    if (mode === MODE.horizontal) {
      const order = row.count % 2 === 0 ? [WHITE, BLACK] : [BLACK, WHITE];
      for (const table of order) {
        if (readRun(reader, row, table)) throw corrupt("its CCITT data end a line within a code");
      }
      advance();
      continue;
    }
    advance();
    if (mode === MODE.pass) {
      b1 += above.at(next++);
      row.extend(b1 - row.position);
      b1 += above.at(next++);
      continue;
    }
    const offset = mode - MODE.vertical;
    if (b1 + offset < row.position) throw corrupt("its CCITT data go backwards in a row");
    row.add(b1 + offset - row.position);
    if (offset < 0) b1 -= above.at(--next);
    else b1 += above.at(next++);
  }
  if (row.pending > 0) row.add(0);
  row.complete();
  // Where it serves as the row above, nothing changes behind its end.
  row.add(0);
  return false;
}

/** A line may end early: the rest is white. */
function endOfLine(reader: FaxBitReader, row: Runs, width: number): EndedByLine {
  if (reader.peek(4) !== 0) throw corrupt("its CCITT data use a code that does not exist");
  reader.take(4);
  row.add(width - row.position);
  row.complete();
  row.add(0);
  return true;
}

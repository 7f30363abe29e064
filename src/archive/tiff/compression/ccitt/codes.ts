/** ITU-T T.4, tables 2 and 3a: the codes of white runs of 0 to 63 pixels, then of 64, 128, … 1728. */
const WHITE_TERMINATING =
  "00110101 000111 0111 1000 1011 1100 1110 1111 10011 10100 00111 01000 001000 000011 110100 110101 101010 " +
  "101011 0100111 0001100 0001000 0010111 0000011 0000100 0101000 0101011 0010011 0100100 0011000 00000010 " +
  "00000011 00011010 00011011 00010010 00010011 00010100 00010101 00010110 00010111 00101000 00101001 00101010 " +
  "00101011 00101100 00101101 00000100 00000101 00001010 00001011 01010010 01010011 01010100 01010101 00100100 " +
  "00100101 01011000 01011001 01011010 01011011 01001010 01001011 00110010 00110011 00110100";
const WHITE_MAKE_UP =
  "11011 10010 010111 0110111 00110110 00110111 01100100 01100101 01101000 01100111 011001100 011001101 " +
  "011010010 011010011 011010100 011010101 011010110 011010111 011011000 011011001 011011010 011011011 " +
  "010011000 010011001 010011010 011000 010011011";

/** The same of black runs. */
const BLACK_TERMINATING =
  "0000110111 010 11 10 011 0011 0010 00011 000101 000100 0000100 0000101 0000111 00000100 00000111 000011000 " +
  "0000010111 0000011000 0000001000 00001100111 00001101000 00001101100 00000110111 00000101000 00000010111 " +
  "00000011000 000011001010 000011001011 000011001100 000011001101 000001101000 000001101001 000001101010 " +
  "000001101011 000011010010 000011010011 000011010100 000011010101 000011010110 000011010111 000001101100 " +
  "000001101101 000011011010 000011011011 000001010100 000001010101 000001010110 000001010111 000001100100 " +
  "000001100101 000001010010 000001010011 000000100100 000000110111 000000111000 000000100111 000000101000 " +
  "000001011000 000001011001 000000101011 000000101100 000001011010 000001100110 000001100111";
const BLACK_MAKE_UP =
  "0000001111 000011001000 000011001001 000001011011 000000110011 000000110100 000000110101 0000001101100 " +
  "0000001101101 0000001001010 0000001001011 0000001001100 0000001001101 0000001110010 0000001110011 " +
  "0000001110100 0000001110101 0000001110110 0000001110111 0000001010010 0000001010011 0000001010100 " +
  "0000001010101 0000001011010 0000001011011 0000001100100 0000001100101";

/** T.4, table 3b: runs of 1792, 1856, … 2560 of either colour. */
const LONG_MAKE_UP =
  "00000001000 00000001100 00000001101 000000010010 000000010011 000000010100 000000010101 000000010110 " +
  "000000010111 000000011100 000000011101 000000011110 000000011111";

/** What a code means beside its number. */
export const KIND = { undefined: 0, terminating: 1, makeUp: 2, endOfLine: 3, mode: 4 } as const;

/** Modes of two-dimensional coding (T.4, table 4); vertical ones are `vertical` and the offset from b1, -3 to 3. */
export const MODE = { pass: 0, horizontal: 1, extension: 2, vertical: 8 } as const;

/**
 * Codes by the bits that begin with them: `value << 8 | kind << 4 | length`. `bits` is the length of the longest, and
 * of the index.
 */
export interface CodeTable {
  readonly bits: number;
  readonly entries: Int32Array;
}

/** An end of line is recognised by its zeros; the one behind them is left. */
const ZEROS_OF_END = 11;

export const WHITE: CodeTable = runTable(12, WHITE_TERMINATING, WHITE_MAKE_UP);
export const BLACK: CodeTable = runTable(13, BLACK_TERMINATING, BLACK_MAKE_UP);
export const MODES: CodeTable = modeTable();

function runTable(bits: number, terminating: string, makeUp: string): CodeTable {
  const table = { bits, entries: new Int32Array(1 << bits) };
  for (const [run, code] of terminating.split(" ").entries()) enter(table, code, KIND.terminating, run);
  for (const [index, code] of [...makeUp.split(" "), ...LONG_MAKE_UP.split(" ")].entries()) {
    enter(table, code, KIND.makeUp, 64 * (index + 1));
  }
  enter(table, "0".repeat(ZEROS_OF_END), KIND.endOfLine, 0);
  return table;
}

function modeTable(): CodeTable {
  const table = { bits: 7, entries: new Int32Array(1 << 7) };
  const codes: readonly [string, number][] = [
    ["0001", MODE.pass],
    ["001", MODE.horizontal],
    ["1", MODE.vertical],
    ["011", MODE.vertical + 1],
    ["000011", MODE.vertical + 2],
    ["0000011", MODE.vertical + 3],
    ["010", MODE.vertical - 1],
    ["000010", MODE.vertical - 2],
    ["0000010", MODE.vertical - 3],
    ["0000001", MODE.extension],
  ];
  for (const [code, mode] of codes) enter(table, code, KIND.mode, mode);
  enter(table, "0000000", KIND.endOfLine, 0);
  return table;
}

function enter(table: CodeTable, code: string, kind: number, value: number): void {
  const free = table.bits - code.length;
  const first = Number.parseInt(code, 2) << free;
  table.entries.fill((value << 8) | (kind << 4) | code.length, first, first + (1 << free));
}

import { SAMPLE_FORMAT } from "./layout.ts";

const LARGEST_FLOAT = 3.4028234663852886e38;

/** Values this close (relatively) to the largest 32-bit float are taken for it: writers round it in many ways. */
const CLOSE = 1e-10;

/**
 * GDAL_NODATA as GDAL reads it: samples of more than 32 bits have whole numbers, and a text that is no number counts
 * as 0. Whole numbers beyond 2^53 lose digits.
 */
export function parseNodata(text: string | undefined, bits: number, format: number): number | null {
  if (text === undefined || text === "") return null;
  const whole = format === SAMPLE_FORMAT.unsigned || format === SAMPLE_FORMAT.signed;
  if (whole && bits > 32) return parseWhole(text, format === SAMPLE_FORMAT.signed);
  const value = parseNumber(text);
  if (bits !== 32 || format !== SAMPLE_FORMAT.float) return value;
  if (Math.abs(Math.abs(value) - LARGEST_FLOAT) < CLOSE * LARGEST_FLOAT)
    return Math.sign(value) * LARGEST_FLOAT;
  return Math.fround(value);
}

function parseWhole(text: string, signed: boolean): number {
  // Forty digits are beyond any limit already.
  const digits = /^\s*([+-]?\d{1,40})/.exec(text)?.[1];
  if (digits === undefined) return 0;
  const value = BigInt(digits.replace("+", ""));
  if (!signed && value < 0n && value > -(1n << 64n)) return Number(BigInt.asUintN(64, value));
  const [lowest, highest] = signed ? [-(1n << 63n), (1n << 63n) - 1n] : [0n, (1n << 64n) - 1n];
  return Number(value < lowest ? lowest : value > highest ? highest : value);
}

/**
 * The number that a text begins with, or 0: with a decimal point or comma, or hexadecimal, or one of the words for NaN
 * and infinity that C libraries write.
 */
export function parseNumber(text: string): number {
  const start = text.trimStart().toLowerCase();
  if (/^[+-]?nan|^-?1[.,]#(qnan|snan|ind)/.test(start)) return Number.NaN;
  const infinite = /^([+-]?)(inf|1[.,]#inf)/.exec(start);
  if (infinite) return infinite[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const hexadecimal = /^([+-]?)(0x[0-9a-f]+)/.exec(start);
  if (hexadecimal) return (hexadecimal[1] === "-" ? -1 : 1) * Number(hexadecimal[2]);
  return Number.parseFloat(start.replace(",", ".")) || 0;
}

import { InvalidArgumentError } from "commander";

/** A whole number of at least `minimum`. */
export function wholeNumber(minimum: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== "" && Number.isInteger(value) && value >= minimum) return value;
    throw new InvalidArgumentError(`A whole number of at least ${minimum} was expected.`);
  };
}

/** `whole`, or a patch size in pixels. */
export function patchSize(text: string): number | "whole" {
  if (text === "whole") return text;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 8 && value <= 4096) return value;
  throw new InvalidArgumentError('"whole" or a number of pixels from 8 to 4096 was expected.');
}

/** A share of 0 to 1; numbers above 1 are percent. */
export function share(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= 0 && value <= 100)) {
    throw new InvalidArgumentError("A fraction from 0 to 1, or a percentage up to 100, was expected.");
  }
  return value > 1 ? value / 100 : value;
}

/** A number of percent, 0 to 100. */
export function percent(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value >= 0 && value <= 100) return value;
  throw new InvalidArgumentError("A percentage from 0 to 100 was expected.");
}

/** A comma-separated list of whole numbers between two. */
export function numbers(least: number, most: number): (text: string) => number[] {
  return (text) =>
    list(text).map((part) => {
      const value = Number(part);
      if (Number.isInteger(value) && value >= least && value <= most) return value;
      throw new InvalidArgumentError(
        `A comma-separated list of numbers from ${least} to ${most} was expected.`,
      );
    });
}

/** A comma-separated list without empty parts. */
export function list(text: string): string[] {
  const parts = text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  if (parts.length === 0) throw new InvalidArgumentError("A comma-separated list was expected.");
  return parts;
}

/** `name=value` pairs, one an option occurrence; numbers and true/false are read as such. */
export function optionValue(
  text: string,
  previous: Readonly<Record<string, string | number | boolean>> = {},
): Record<string, string | number | boolean> {
  const cut = text.indexOf("=");
  if (cut <= 0) throw new InvalidArgumentError("name=value was expected.");
  const name = text.slice(0, cut);
  const value = text.slice(cut + 1);
  const number = Number(value);
  const parsed =
    value === "true"
      ? true
      : value === "false"
        ? false
        : value !== "" && Number.isFinite(number)
          ? number
          : value;
  return { ...previous, [name]: parsed };
}

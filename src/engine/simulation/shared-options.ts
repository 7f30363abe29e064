import { z } from "zod";
import type { OptionValues } from "../../shared/domain/learning.ts";
import { FieldmarkError } from "../../shared/errors.ts";
import { type Described, parseOptions } from "../registry.ts";

function optionNames({ options }: Described): string[] {
  return options instanceof z.ZodObject ? Object.keys(options.shape) : [];
}

/** One set of options serves several entries: each takes those that it has. */
export function sharedOptions(entry: Described, values: OptionValues): OptionValues {
  const names = new Set(optionNames(entry));
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name)));
}

/** @throws FieldmarkError `invalid-input` for an option that no entry has, or a value that one refuses */
export function checkSharedOptions(entries: readonly Described[], values: OptionValues): void {
  const known = new Set(entries.flatMap(optionNames));
  const unknown = Object.keys(values).find((name) => !known.has(name));
  if (unknown !== undefined) {
    const ids = entries.map(({ id }) => id).join(", ");
    throw new FieldmarkError("invalid-input", `None of ${ids} has an option named "${unknown}".`);
  }
  for (const entry of entries) parseOptions(entry, sharedOptions(entry, values));
}

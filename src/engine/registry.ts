import { z } from "zod";
import type { OptionValues, RegistryEntry } from "../shared/domain/learning.ts";
import { FieldmarkError } from "../shared/errors.ts";
import { describeIssues } from "../shared/rpc/server.ts";

/** What every entry of an engine registry says about itself. */
export interface Described<Options extends z.ZodType = z.ZodType> {
  readonly id: string;
  /** As a user reads it. */
  readonly name: string;
  readonly description: string;
  /** Paper, section, equation; empty where there is none. */
  readonly reference: string;
  /** Every option has a default: `{}` is valid. */
  readonly options: Options;
}

/** The entry with this id. @throws FieldmarkError `invalid-input` naming the known ids */
export function findEntry<E extends Described>(kind: string, entries: readonly E[], id: string): E {
  const entry = entries.find((candidate) => candidate.id === id);
  if (entry) return entry;
  const known = entries.map((candidate) => candidate.id).join(", ");
  throw new FieldmarkError("invalid-input", `There is no ${kind} named "${id}". Known are: ${known}.`);
}

/** Validated options of an entry. @throws FieldmarkError `invalid-input` naming the option that is wrong */
export function parseOptions<O extends z.ZodType>(entry: Described<O>, values: OptionValues): z.output<O> {
  const parsed = entry.options.safeParse(values);
  if (parsed.success) return parsed.data;
  throw new FieldmarkError("invalid-input", `Options of "${entry.id}": ${describeIssues(parsed.error)}.`);
}

/** An entry as it is shown and as flags and forms are made from it. */
export function describeEntry(entry: Described, needsModel: boolean): RegistryEntry {
  const { $schema: _version, ...options } = z.toJSONSchema(entry.options, { io: "input" });
  return {
    id: entry.id,
    name: entry.name,
    description: entry.description,
    reference: entry.reference,
    needsModel,
    options,
  };
}

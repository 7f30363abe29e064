import { z } from "zod";
import type { OptionValues } from "../../shared/domain/learning.ts";

/** One option as a form field. */
export interface OptionField {
  readonly id: string;
  readonly label: string;
  readonly description: string | undefined;
  readonly type: "boolean" | "number" | "integer" | "choice" | "text";
  readonly choices: string[];
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  readonly initial: OptionValues[string] | undefined;
}

const value = z.union([z.string(), z.number(), z.boolean()]);
const property = z.object({
  type: z.enum(["boolean", "number", "integer", "string"]),
  title: z.string().optional(),
  description: z.string().optional(),
  enum: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  default: value.optional(),
});
const schema = z.object({ properties: z.record(z.string(), z.unknown()).default({}) });

/**
 * The fields of an options schema (JSON schema of an object with simple properties), in its order.
 * Properties of any other kind have no field and keep their default.
 */
export function optionFields(options: Readonly<Record<string, unknown>>): OptionField[] {
  const parsed = schema.safeParse(options);
  if (!parsed.success) return [];
  return Object.entries(parsed.data.properties).flatMap(([id, raw]) => {
    const known = property.safeParse(raw);
    if (!known.success) return [];
    const { type, title, description, enum: choices = [], minimum, maximum } = known.data;
    return [
      {
        id,
        label: title ?? words(id),
        description,
        type: type === "string" ? (choices.length > 0 ? "choice" : "text") : type,
        choices,
        minimum,
        maximum,
        initial: known.data.default,
      } as const,
    ];
  });
}

/** "minimumSupport" → "Minimum support". */
function words(id: string): string {
  const spaced = id
    .replace(/[-_]/g, " ")
    .replace(/([a-z0-9])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

import type { z } from "zod";
import { type ErrorCode, FieldmarkError } from "../shared/errors.ts";
import { describeIssues } from "../shared/rpc/server.ts";

/**
 * A value that its schema accepts.
 *
 * @param what names the value in the sentence: "The project's settings"
 * @throws FieldmarkError with `code`: what is wrong with the value, and where in it
 */
export function checked<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  what: string,
  code: ErrorCode = "invalid-input",
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new FieldmarkError(code, `${what} cannot be used: ${describeIssues(result.error)}.`, {
    cause: result.error,
  });
}

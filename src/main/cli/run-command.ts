import { Cancelled, toErrorShape } from "../../shared/errors.ts";
import { type CommandContext, createCommandContext } from "./command-context.ts";
import type { Terminal } from "./terminal.ts";

export const EXIT_FAILURE = 1;
export const EXIT_USAGE = 2;
export const EXIT_INTERRUPTED = 130;

/** A failure in the form that people and machines read: a sentence on stderr, with --json also a document. */
export function reportError(terminal: Terminal, json: boolean, error: unknown): void {
  const { code, message, cause, details } = toErrorShape(error);
  terminal.error(`${message}\n`);
  if (code === "internal" && cause !== undefined && error instanceof Error && error.stack) {
    terminal.error(`${error.stack}\n`);
  }
  if (json)
    terminal.out(`${JSON.stringify({ error: { code, message, ...(details ? { details } : {}) } })}\n`);
}

/**
 * Runs one command with its context: Ctrl+C cancels the work, whatever was opened is closed, and
 * the exit code is 0, 1 (failed), or 130 (interrupted).
 */
export async function runCommand(
  terminal: Terminal,
  options: { readonly json?: boolean },
  action: (context: CommandContext) => Promise<void>,
): Promise<number> {
  const controller = new AbortController();
  const interrupt = () => controller.abort();
  process.once("SIGINT", interrupt);
  process.once("SIGTERM", interrupt);
  const json = options.json === true;
  const context = createCommandContext(terminal, json, controller.signal);
  try {
    await action(context);
    return 0;
  } catch (error) {
    if (error instanceof Cancelled || controller.signal.aborted) {
      context.note("Cancelled. What was finished is kept.");
      return EXIT_INTERRUPTED;
    }
    context.close();
    reportError(terminal, json, error);
    return EXIT_FAILURE;
  } finally {
    context.close();
    process.off("SIGINT", interrupt);
    process.off("SIGTERM", interrupt);
  }
}

import type { Command } from "commander";
import type { CommandContext } from "./command-context.ts";

/** How a command runs its action: with a context that is closed afterwards, and the exit code kept. */
export interface CommandRunner {
  run(
    options: { readonly json?: boolean },
    action: (context: CommandContext) => Promise<void>,
  ): Promise<void>;
}

/** Adds one command to the program and returns it; `--json` is added for all of them. */
export type DefineCommand = (program: Command, runner: CommandRunner) => Command;

import { Command, CommanderError } from "commander";
import { VERSION } from "../version.ts";
import type { CommandContext } from "./command-context.ts";
import { createCommand } from "./commands/create.ts";
import { demoCommand } from "./commands/demo.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { encodeCommand } from "./commands/encode.ts";
import { exportCommand } from "./commands/export.ts";
import { inspectCommand } from "./commands/inspect.ts";
import { labelsCommand } from "./commands/labels.ts";
import { predictCommand } from "./commands/predict.ts";
import { queryCommand } from "./commands/query.ts";
import { relocateCommand } from "./commands/relocate.ts";
import { reportCommand } from "./commands/report.ts";
import { scanCommand } from "./commands/scan.ts";
import { serveCommand } from "./commands/serve.ts";
import { simulateCommand } from "./commands/simulate.ts";
import { splitsCommand } from "./commands/splits.ts";
import { trainCommand } from "./commands/train.ts";
import type { DefineCommand } from "./define-command.ts";
import { EXIT_USAGE, runCommand } from "./run-command.ts";
import type { Terminal } from "./terminal.ts";

/** Every command, in the order of the help. Adding one = its file and one line here. */
const COMMANDS: readonly DefineCommand[] = [
  doctorCommand,
  inspectCommand,
  createCommand,
  scanCommand,
  relocateCommand,
  labelsCommand,
  splitsCommand,
  encodeCommand,
  trainCommand,
  queryCommand,
  predictCommand,
  reportCommand,
  exportCommand,
  simulateCommand,
  demoCommand,
  serveCommand,
];

/** Commands that only group others have no action of their own. */
function leaves(command: Command): Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);
}

/**
 * Runs the command line and returns the exit code: 0, 1 when the command failed, 2 when it was
 * called wrongly, 130 when it was interrupted.
 */
export async function runProgram(args: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode = 0;
  const runner = {
    async run(options: { readonly json?: boolean }, action: (context: CommandContext) => Promise<void>) {
      exitCode = await runCommand(terminal, options, action);
    },
  };
  const program = new Command("fieldmark")
    .description(
      "Active learning and multi-label annotation for Sentinel-2 and aerial GeoTIFF archives, offline.",
    )
    .version(VERSION);
  for (const define of COMMANDS) define(program, runner);
  const everyCommand = [
    program,
    ...program.commands,
    ...program.commands.flatMap((command) => command.commands),
  ];
  for (const command of everyCommand) {
    command.exitOverride().configureOutput({
      writeOut: (text) => terminal.out(text),
      writeErr: (text) => terminal.error(text),
    });
  }
  for (const command of leaves(program)) {
    command
      .option("--json", "print exactly one JSON document on stdout; logs go to stderr")
      .showHelpAfterError(
        `(fieldmark ${command.parent === program ? "" : `${command.parent?.name()} `}${command.name()} --help shows how it is used)`,
      );
  }
  try {
    await program.parseAsync([...args], { from: "user" });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    if (args.includes("--json")) {
      const message = error.message.replace(/^error: /, "");
      terminal.out(`${JSON.stringify({ error: { code: "invalid-input", message } })}\n`);
    }
    return EXIT_USAGE;
  }
}

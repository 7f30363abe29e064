import { runProgram } from "./program.ts";
import { PROCESS_TERMINAL } from "./terminal.ts";

// A reader that has seen enough (`| head`) closes the pipe: that is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

process.exitCode = await runProgram(process.argv.slice(2), PROCESS_TERMINAL);

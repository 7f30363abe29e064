import { spawn } from "node:child_process";

const SIGNALS: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/** A program in the foreground: its terminal is ours, our signals are its own. */
export interface Foreground {
  /** Its exit code; 128 + the signal's usual number is not known here, so a signal counts as 1. */
  readonly ended: Promise<number>;
  readonly stop: () => void;
}

/**
 * Runs a program to its end.
 * @param onOutput sees each line of its stdout, which is passed on as well; without it the program gets our own stdout
 */
export function runInForeground(
  program: string,
  args: readonly string[],
  options: {
    readonly cwd?: string;
    readonly env?: Readonly<NodeJS.ProcessEnv>;
    readonly onOutput?: (line: string) => void;
  } = {},
): Foreground {
  const { cwd, env = process.env, onOutput } = options;
  const child = spawn(program, args, {
    stdio: ["inherit", onOutput ? "pipe" : "inherit", "inherit"],
    env: { ...env },
    ...(cwd === undefined ? {} : { cwd }),
  });
  if (onOutput && child.stdout) {
    let rest = "";
    child.stdout.pipe(process.stdout);
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) onOutput(line);
    });
  }
  // Ctrl+C in a terminal reaches the whole group by itself; told twice, the child would take it for "stop at once".
  const isInTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  const forward = (signal: NodeJS.Signals) => {
    if (signal !== "SIGINT" || !isInTerminal) child.kill(signal);
  };
  for (const signal of SIGNALS) process.on(signal, forward);
  const ended = new Promise<number>((resolve) => {
    child.once("error", (error) => {
      console.error(`${program} could not be started: ${error.message}`);
      resolve(1);
    });
    child.once("close", (code) => resolve(code ?? 1));
  }).finally(() => {
    for (const signal of SIGNALS) process.off(signal, forward);
  });
  return { ended, stop: () => child.kill() };
}

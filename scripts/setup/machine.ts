import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { isExecutable } from "../../src/main/doctor/executable.ts";

export interface CommandResult {
  /** The exit code; null where the command was stopped or could not be started. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

/** What the set-up knows of the machine it runs on; tests hand in another one. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  readonly env: Readonly<NodeJS.ProcessEnv>;
  readonly isRoot: boolean;
  /** A Debian-like system, whose packages apt installs. */
  readonly isDebian: boolean;
  /** True where apt already has package lists. */
  readonly hasAptLists: () => boolean;
  /** True where an NVIDIA driver is loaded. */
  readonly hasNvidiaDriver: () => boolean;
  /** The full path of a program on PATH, or null. */
  readonly find: (program: string) => string | null;
  /** Runs a program to its end; never throws. `limit` in milliseconds. */
  readonly run: (program: string, args: readonly string[], options?: RunOptions) => Promise<CommandResult>;
}

export interface RunOptions {
  readonly limit?: number;
  readonly cwd?: string;
  readonly env?: Readonly<NodeJS.ProcessEnv>;
}

function findOnPath(program: string, env: Readonly<NodeJS.ProcessEnv>): string | null {
  if (program.includes("/")) return isExecutable(program) ? program : null;
  const endings = process.platform === "win32" ? [".exe", ".cmd", ""] : [""];
  for (const folder of (env.PATH ?? env.Path ?? "").split(delimiter)) {
    for (const ending of endings) {
      const path = join(folder, program + ending);
      if (folder !== "" && isExecutable(path)) return path;
    }
  }
  return null;
}

const KEPT_OUTPUT = 64 * 1024;

function runCommand(
  program: string,
  args: readonly string[],
  env: Readonly<NodeJS.ProcessEnv>,
  options: RunOptions,
): Promise<CommandResult> {
  return new Promise((resolve) => {
    let stdout = "";
    let stderr = "";
    let timedOut = false;
    const child = spawn(program, args, {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...env, ...options.env },
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    });
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill("SIGKILL");
    }, options.limit ?? 60_000);
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout = (stdout + text).slice(-KEPT_OUTPUT);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr = (stderr + text).slice(-KEPT_OUTPUT);
    });
    const end = (code: number | null) => {
      clearTimeout(timer);
      resolve({ code, stdout, stderr, timedOut });
    };
    child.once("error", (error) => {
      stderr += error.message;
      end(null);
    });
    child.once("close", (code) => end(code));
  });
}

function hasEntries(folder: string, pattern: RegExp): boolean {
  try {
    return readdirSync(folder).some((name) => pattern.test(name));
  } catch {
    return false;
  }
}

/** The machine this process runs on. */
export function thisMachine(env: Readonly<NodeJS.ProcessEnv> = process.env): Machine {
  return {
    platform: process.platform,
    arch: process.arch,
    env,
    isRoot: process.getuid?.() === 0,
    isDebian: process.platform === "linux" && existsSync("/etc/debian_version"),
    hasAptLists: () => hasEntries("/var/lib/apt/lists", /_Packages(\.|$)/),
    hasNvidiaDriver: () => existsSync("/proc/driver/nvidia/version") || existsSync("/dev/nvidia0"),
    find: (program) => findOnPath(program, env),
    run: (program, args, options = {}) => runCommand(program, args, env, options),
  };
}

/** Where downloads and compiled parts are kept for every copy of Fieldmark of this user. */
export function cacheFolder(machine: Machine): string {
  const { env } = machine;
  if (env.FIELDMARK_CACHE) return env.FIELDMARK_CACHE;
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, "fieldmark");
  if (machine.platform === "win32" && env.LOCALAPPDATA) return join(env.LOCALAPPDATA, "fieldmark", "cache");
  return join(env.HOME ?? homedir(), ".cache", "fieldmark");
}

/** What a failed command said, in one line: its last line that tells of an error, else its last one. */
export function lastLine(result: CommandResult): string {
  if (result.timedOut) return "it took too long";
  const lines = stripVTControlCharacters(result.stderr.trim() || result.stdout.trim())
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => /\w/.test(line) && !line.startsWith("at "));
  const line = lines.findLast((each) => /error|could not|cannot|failed/i.test(each)) ?? lines.at(-1);
  return line?.slice(0, 300) ?? `code ${result.code}`;
}

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** The application as a user starts it without Electron: the serve command in a process of its own. */
export interface ServeProcess {
  /** With the one-time token. */
  readonly url: string;
  readonly pid: number;
  /** What the process wrote on standard error so far. */
  readonly log: () => string;
  /** Ends the process as Ctrl+C does. */
  stop(): Promise<void>;
}

/**
 * Starts the serve command for a user who has never started Fieldmark before.
 * @param home the user's home folder; made when missing, the settings lie in it
 */
export async function startServeProcess(
  home: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<ServeProcess> {
  await mkdir(home, { recursive: true });
  const child = spawn(process.execPath, [join(ROOT, "src/main/cli/main.ts"), "serve", ...args], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      // Not this process's own options, such as a test runner's loaders.
      NODE_OPTIONS: "",
      ...env,
      HOME: home,
      USERPROFILE: home,
      APPDATA: join(home, "settings"),
      XDG_CONFIG_HOME: join(home, "settings"),
    },
  });
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    log += text;
  });
  const url = await linkOf(child, () => log);
  const { pid } = child;
  if (pid === undefined) throw new Error("The serve command has no process.");
  return {
    url,
    pid,
    log: () => log,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, "exit");
      child.kill("SIGINT");
      await exited;
    },
  };
}

async function linkOf(child: ChildProcess, log: () => string): Promise<string> {
  if (!child.stdout) throw new Error("The serve command has no output.");
  for await (const line of createInterface(child.stdout)) {
    if (/^http:\/\/127\.0\.0\.1:\d+\/\?token=/.test(line)) return line;
  }
  throw new Error(`The serve command ended without a link.\n${log()}`);
}

import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { entryUrl } from "../../archive/entry-url.ts";
import { backendStatusSchema } from "../../shared/domain/learning.ts";
import { FieldmarkError } from "../../shared/errors.ts";
import type { BackendFacts, BackendPreference } from "./backend.ts";

const factsSchema = backendStatusSchema.extend({ tfjsVersion: z.string(), trainsConvolutions: z.boolean() });

const answerSchema = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), facts: factsSchema }),
  z.object({ ok: z.literal(false), message: z.string() }),
]);

export interface ProbeOptions {
  readonly prefer?: BackendPreference;
  /** The script that answers; default the one beside this file. */
  readonly entry?: string;
  /** Milliseconds after which a silent probe counts as failed; default 60,000. */
  readonly timeout?: number;
}

/** Ends the sentence that a signal, an exit code or the native library's last line begins. */
function lastLine(text: string): string {
  const lines = text.trim().split("\n");
  const last = lines.at(-1)?.trim();
  return last ? ` (${last.slice(0, 300)})` : "";
}

async function ask(prefer: BackendPreference, entry: string, timeout: number): Promise<BackendFacts> {
  const child = fork(entry, [prefer], { execArgv: [], stdio: ["ignore", "ignore", "pipe", "ipc"] });
  let stderr = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr = (stderr + text).slice(-4000);
  });
  const timer = setTimeout(() => child.kill("SIGKILL"), timeout);
  try {
    return await new Promise<BackendFacts>((resolve, reject) => {
      child.once("message", (message) => {
        const answer = answerSchema.safeParse(message);
        if (!answer.success) reject(new Error("the probe gave an answer that is not understood"));
        else if (answer.data.ok) resolve(answer.data.facts);
        else reject(new Error(answer.data.message));
      });
      child.once("error", reject);
      child.once("close", (code, signal) => {
        const how = signal ? `was stopped by ${signal}` : `ended with code ${code}`;
        reject(new Error(`the process that tried it ${how}${lastLine(stderr)}`));
      });
    });
  } finally {
    clearTimeout(timer);
    child.kill();
  }
}

/**
 * Which backend a new engine process would get, found out in a child process, so that a native library that
 * crashes takes nothing else with it. After such a crash the answer is WASM, with the crash as its reason.
 * @throws FieldmarkError `backend-unavailable` where the asked-for backend (or, with `auto`, none) can be used
 */
export async function probeBackend(options: ProbeOptions = {}): Promise<BackendFacts> {
  const { prefer = "auto", timeout = 60_000 } = options;
  const entry =
    options.entry ?? fileURLToPath(entryUrl("engine/backends/probe-child.ts", "backend-probe.js"));
  try {
    return await ask(prefer, entry, timeout);
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    if (prefer !== "auto")
      throw new FieldmarkError("backend-unavailable", `No ${prefer} backend: ${detail}.`, { cause });
    const facts = await probeBackend({ ...options, prefer: "wasm" });
    return {
      ...facts,
      reason: `The native TensorFlow backend failed: ${detail}.`,
      improve: 'Run "npm run setup" in Fieldmark\'s folder to build it anew.',
    };
  }
}

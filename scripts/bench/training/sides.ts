import { execFile, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { engineEnvironment } from "../../../src/engine/backends/allocator.ts";
import type { Cost, Job, Workload } from "./jobs.ts";

const execute = promisify(execFile);

/** One of the programs that are compared, in a process of its own. */
export interface Side {
  work(job: Job): Promise<Cost>;
  close(): void;
}

async function start(
  command: string,
  script: string,
  workload: Workload,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Side> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(command, [path, JSON.stringify(workload)], { env, stdio: ["pipe", "pipe", "ignore"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${command} ended before it answered.`);
    return value;
  };
  await answer();
  return {
    async work(job) {
      child.stdin.write(`${job}\n`);
      return JSON.parse(await answer()) as Cost;
    },
    close: () => void child.stdin.end(),
  };
}

export function networkSide(workload: Workload): Promise<Side> {
  return start(process.execPath, "./side.ts", workload, engineEnvironment(process.env));
}

/** Null where no Python with PyTorch is found. */
export async function pytorchSide(workload: Workload): Promise<Side | null> {
  for (const python of ["python3", "python"]) {
    try {
      await execute(python, ["-c", "import torch"]);
    } catch {
      continue;
    }
    return start(python, "./reference.py", workload);
  }
  return null;
}

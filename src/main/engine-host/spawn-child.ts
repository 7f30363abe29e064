import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { entryUrl } from "../../archive/entry-url.ts";
import { engineEnvironment } from "../../engine/backends/allocator.ts";
import { childProcessPort } from "../../engine/ports.ts";
import type { EngineProcess, EngineSpawner } from "./engine-process.ts";
import { forwardLog } from "./forward-log.ts";

/** Runs the engine as a child process of the Node that runs this. */
export const spawnEngineChild: EngineSpawner = (): EngineProcess => {
  const child = fork(fileURLToPath(entryUrl("engine/entry.ts", "engine.js")), [], {
    serialization: "advanced",
    env: engineEnvironment(process.env),
    // The binding's JavaScript uses what Node has deprecated; its warnings would be read as ours.
    execArgv: [...process.execArgv, "--no-deprecation"],
    // The engine's prints are logs: standard output belongs to the command line's results.
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  for (const log of [child.stdout, child.stderr]) {
    if (log) forwardLog(log, (line) => process.stderr.write(line));
  }
  return {
    port: childProcessPort(child),
    pid: child.pid,
    kill: () => void child.kill("SIGKILL"),
  };
};

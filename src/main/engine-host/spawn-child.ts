import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { entryUrl } from "../../archive/entry-url.ts";
import { childProcessPort } from "../../engine/ports.ts";
import type { EngineProcess, EngineSpawner } from "./engine-process.ts";

/** Runs the engine as a child process of the Node that runs this. */
export const spawnEngineChild: EngineSpawner = (): EngineProcess => {
  const child = fork(fileURLToPath(entryUrl("engine/entry.ts", "engine.js")), [], {
    serialization: "advanced",
    // The engine's prints are logs: standard output belongs to the command line's results.
    stdio: ["ignore", process.stderr, process.stderr, "ipc"],
  });
  return {
    port: childProcessPort(child),
    pid: child.pid,
    kill: () => void child.kill("SIGKILL"),
  };
};

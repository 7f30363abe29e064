import type { UtilityProcess } from "electron";
import type { Message, Port } from "../../../shared/rpc/port.ts";
import type { EngineSpawner } from "../../engine-host/engine-process.ts";
import type { ElectronModule } from "./electron-module.ts";

/** A port over an Electron utility process. `postMessage` copies typed arrays; nothing is transferred. */
export function utilityProcessPort(child: UtilityProcess): Port {
  const closeListeners = new Set<(reason: string) => void>();
  let closed = false;
  child.once("exit", (code) => {
    closed = true;
    for (const listener of closeListeners) listener(`The engine stopped with exit code ${code}.`);
  });
  return {
    post(message: Message) {
      if (!closed) child.postMessage(message);
    },
    onMessage(listener) {
      child.on("message", listener);
      return () => void child.off("message", listener);
    },
    onClose(listener) {
      closeListeners.add(listener);
      return () => void closeListeners.delete(listener);
    },
    close() {
      closed = true;
      child.kill();
    },
  };
}

/** Runs the engine as an Electron utility process: sandboxed from the window, restarted at will. */
export function utilityEngineSpawner(
  utilityProcess: ElectronModule["utilityProcess"],
  entry: string,
): EngineSpawner {
  return () => {
    const child = utilityProcess.fork(entry, [], { serviceName: "Fieldmark engine", stdio: "inherit" });
    return {
      port: utilityProcessPort(child),
      get pid() {
        return child.pid;
      },
      kill: () => void child.kill(),
    };
  };
}

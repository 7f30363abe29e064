import type { ChildProcess } from "node:child_process";
import type { Message, Port } from "../../shared/rpc/port.ts";

/** The parent's end of a forked child's channel; the fork must use `serialization: "advanced"`. */
export function childProcessPort(child: ChildProcess): Port {
  const closeListeners = new Set<(reason: string) => void>();
  let closed = false;

  function lost(reason: string): void {
    if (closed) return;
    closed = true;
    for (const listener of closeListeners) listener(reason);
  }

  child.once("error", (error) => lost(`The engine could not be started: ${error.message}.`));
  child.once("exit", (code, signal) =>
    lost(signal ? `The engine was ended by ${signal}.` : `The engine stopped with exit code ${code}.`),
  );

  return {
    post(message: Message) {
      if (closed || !child.connected) return;
      // A failed send means the child is going; its exit event tells the callers.
      child.send(message, () => {});
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
      if (child.connected) child.disconnect();
    },
  };
}

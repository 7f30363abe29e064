import type { FieldmarkBridge } from "./api.ts";

/** The one channel between the page and main; main's port uses the same name. */
const CHANNEL = "fieldmark:message";

interface Ipc {
  send(channel: string, message: unknown): void;
  on(channel: string, listener: (event: unknown, message: unknown) => void): unknown;
  off(channel: string, listener: (event: unknown, message: unknown) => void): unknown;
}

/**
 * What the page may do: ask for one of the contract's calls, cancel a call, and listen. The allow-list is
 * explicit, and neither Electron's event (which leads to the sender) nor ipcRenderer reaches the page.
 */
export function createBridge(ipc: Ipc, calls: readonly string[]): FieldmarkBridge {
  const allowed = new Set(calls);
  return {
    post(message) {
      if (message.kind === "request" && allowed.has(message.call)) {
        const { kind, id, call, input } = message;
        ipc.send(CHANNEL, { kind, id, call, input });
      } else if (message.kind === "cancel") {
        ipc.send(CHANNEL, { kind: message.kind, id: message.id });
      } else {
        throw new Error("Fieldmark's bridge refuses this message.");
      }
    },
    onMessage(listener) {
      const receive = (_event: unknown, message: unknown) => listener(message);
      ipc.on(CHANNEL, receive);
      return () => void ipc.off(CHANNEL, receive);
    },
  };
}

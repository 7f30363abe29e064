import type { WebSocket } from "ws";
import type { Message, Port } from "../../../shared/rpc/port.ts";

/** Bytes that may wait for a slow browser before the connection is given up. */
const MAX_BUFFERED = 64 * 1024 * 1024;

/** A port over a WebSocket: JSON text frames only. Anything else closes the connection. */
export function webSocketPort(socket: WebSocket): Port {
  const closeListeners = new Set<(reason: string) => void>();
  socket.on("close", () => {
    for (const listener of closeListeners) listener("The window was closed or lost its connection.");
  });
  socket.on("error", () => socket.terminate());

  return {
    post(message: Message) {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > MAX_BUFFERED) {
        socket.terminate();
        return;
      }
      socket.send(JSON.stringify(message));
    },
    onMessage(listener) {
      const receive = (data: Buffer | ArrayBuffer | Buffer[], binary: boolean) => {
        let message: unknown;
        try {
          if (binary) throw new Error("binary frame");
          message = JSON.parse(data.toString());
        } catch {
          socket.close(1007, "not JSON");
          return;
        }
        listener(message);
      };
      socket.on("message", receive);
      return () => void socket.off("message", receive);
    },
    onClose(listener) {
      closeListeners.add(listener);
      return () => void closeListeners.delete(listener);
    },
    close: () => socket.close(),
  };
}

import type { Port } from "../../shared/rpc/port.ts";

/** The host answered, and does not want this page any more (its link was used up or it was restarted). */
export class ConnectionRefused extends Error {}

/** Opens a WebSocket and resolves when it is ready. Rejects with `ConnectionRefused` when the host says no. */
export async function openWebSocketPort(url: URL): Promise<Port> {
  const socket = new WebSocket(url);
  try {
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener("open", () => resolve(), { once: true });
      socket.addEventListener("close", () => reject(new Error("The connection could not be opened.")), {
        once: true,
      });
    });
  } catch (error) {
    if (await hostRefuses()) throw new ConnectionRefused("The host no longer accepts this page.");
    throw error;
  }

  const closeListeners = new Set<(reason: string) => void>();
  let listener: ((message: unknown) => void) | null = null;
  socket.addEventListener("message", (event) => {
    const message = parse(event.data);
    if (message !== undefined) listener?.(message);
  });
  socket.addEventListener("close", () => {
    for (const onClose of closeListeners) onClose("The connection to Fieldmark was lost.");
  });

  return {
    post: (message) => socket.send(JSON.stringify(message)),
    onMessage(next) {
      listener = next;
      return () => {
        if (listener === next) listener = null;
      };
    },
    onClose(onClose) {
      closeListeners.add(onClose);
      return () => void closeListeners.delete(onClose);
    },
    close() {
      closeListeners.clear();
      socket.close();
    },
  };
}

function parse(data: unknown): unknown {
  if (typeof data !== "string") return undefined;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

/** A browser hides why a WebSocket failed; an ordinary request tells a refusal from a host that is gone. */
async function hostRefuses(): Promise<boolean> {
  try {
    const response = await fetch("/", { method: "HEAD", cache: "no-store" });
    return response.status === 401 || response.status === 403;
  } catch {
    return false;
  }
}

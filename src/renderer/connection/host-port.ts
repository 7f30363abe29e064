import type { FieldmarkBridge } from "../../preload/api.ts";
import type { Port } from "../../shared/rpc/port.ts";
import { openWebSocketPort } from "./web-socket-port.ts";

/** The port to whichever host runs this page: Electron's preload bridge, or the serve host's WebSocket. */
export function openHostPort(): Promise<Port> {
  if (window.fieldmark) return Promise.resolve(bridgePort(window.fieldmark));
  const url = new URL("/rpc", window.location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return openWebSocketPort(url);
}

/** The bridge lives and dies with the window, so it never reports a loss. */
export function bridgePort(bridge: FieldmarkBridge): Port {
  let stop: (() => void) | null = null;
  return {
    post: (message) => bridge.post(message),
    onMessage(listener) {
      stop?.();
      stop = bridge.onMessage(listener);
      return () => {
        stop?.();
        stop = null;
      };
    },
    onClose: () => () => {},
    close() {
      stop?.();
      stop = null;
    },
  };
}

import type { Message } from "../shared/rpc/port.ts";

/**
 * The bridge that the preload script puts on `window.fieldmark` under Electron. It carries the
 * messages of the application's contract and nothing else; the renderer has no other way out.
 */
export interface FieldmarkBridge {
  /** Sends a request or a cancellation. The preload refuses anything else, and unknown call names. */
  post(message: Message): void;
  /** Replies, progress and events arrive here; returns the function that removes the listener. */
  onMessage(listener: (message: unknown) => void): () => void;
}

declare global {
  interface Window {
    /** Missing under the serve host, where a WebSocket carries the same messages. */
    readonly fieldmark?: FieldmarkBridge;
  }
}

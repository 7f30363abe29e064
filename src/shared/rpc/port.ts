import type { ErrorShape } from "../errors.ts";
import type { Progress } from "./contract.ts";

/** The answer to a call. A cancelled call is answered as such: it is neither a value nor an error. */
export type Reply =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: ErrorShape }
  | { readonly ok: false; readonly cancelled: true };

/** Everything that travels between two processes. */
export type Message =
  | { readonly kind: "request"; readonly id: number; readonly call: string; readonly input: unknown }
  | { readonly kind: "reply"; readonly id: number; readonly reply: Reply }
  | { readonly kind: "cancel"; readonly id: number }
  | { readonly kind: "progress"; readonly id: number; readonly progress: Progress }
  | { readonly kind: "event"; readonly event: string; readonly payload: unknown };

/**
 * One end of a two-way channel. Message order is kept. Typed arrays arrive as typed arrays
 * (structured clone), except over a WebSocket, where contracts use JSON values only.
 */
export interface Port {
  post(message: Message): void;
  /** One listener a port; returns the function that removes it. */
  onMessage(listener: (message: unknown) => void): () => void;
  /** Called once when the other side is gone. */
  onClose(listener: (reason: string) => void): () => void;
  close(): void;
}

import type { AppContract } from "../../shared/contracts/app.ts";
import type { EventName, EventPayload, Handlers } from "../../shared/rpc/contract.ts";

/** A picture, or why there is none. */
export interface ImageReply {
  readonly status: 200 | 400 | 404 | 500;
  readonly contentType: string;
  readonly body: Uint8Array;
  /** Seconds that the renderer may keep it; the address changes with the picture. */
  readonly maxAge: number;
}

/** What a host needs of the application core: the contract's handlers, its events and the pictures. */
export interface HostedApplication {
  readonly handlers: Handlers<AppContract>;
  onEvent(
    listener: <K extends EventName<AppContract>>(event: K, payload: EventPayload<AppContract, K>) => void,
  ): () => void;
  /** `path` is what follows the image base, such as `/patch/12`; pictures are addressed by database id only. */
  image(path: string, query: URLSearchParams, signal: AbortSignal): Promise<ImageReply>;
  close(): Promise<void>;
}

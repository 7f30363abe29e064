/** A picture, or in words why there is none. */
export interface ImageReply {
  readonly status: 200 | 400 | 404 | 500;
  readonly contentType: string;
  readonly body: Uint8Array;
  /** Seconds that the renderer may keep it; 0 for what may change. */
  readonly maxAge: number;
}

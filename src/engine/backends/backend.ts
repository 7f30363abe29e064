import type { EngineMath } from "./math.ts";

/** Which TensorFlow implementation computes. */
export type BackendId = "tensorflow-cpu" | "tensorflow-cuda" | "wasm";

/** What a caller may ask for; `auto` takes the native library where it loads, else WASM. */
export type BackendPreference = "auto" | "tensorflow" | "wasm";

/** Facts about a backend, free of functions: they can be sent, shown and logged. */
export interface BackendFacts {
  readonly id: BackendId;
  /** Why this backend runs, as a sentence for the user. */
  readonly reason: string;
  /** What would make it faster, as a sentence for the user; null where nothing would. */
  readonly improve: string | null;
  readonly versions: {
    readonly tfjs: string;
    /** The libtensorflow behind the native binding; null on WASM. */
    readonly libtensorflow: string | null;
  };
  /**
   * True where convolutions can be trained. WASM has no `Conv2DBackpropFilter` and no
   * `UnsortedSegmentSum` (the gradient of `gather`), so it trains heads on embeddings only.
   */
  readonly trainsConvolutions: boolean;
}

/** A loaded backend. The engine gets its mathematics from here and from nowhere else. */
export interface Backend extends BackendFacts {
  readonly tf: EngineMath;
}

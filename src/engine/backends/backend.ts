import type { BackendStatus } from "../../shared/domain/learning.ts";
import type { EngineMath } from "./math.ts";

export type { BackendId } from "../../shared/domain/learning.ts";

/** What a caller may ask for; `auto` takes the native library where it loads, else WASM. */
export type BackendPreference = "auto" | "tensorflow" | "wasm";

/** Facts about a backend, free of functions: they can be sent, shown and logged. `version` is the computing library's. */
export interface BackendFacts extends BackendStatus {
  readonly tfjsVersion: string;
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

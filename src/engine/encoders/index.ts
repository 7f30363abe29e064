import type { Encoder } from "./encoder.ts";
import { rcf } from "./rcf/index.ts";
import { stats } from "./stats.ts";

/** Every encoder; the first one is the default. */
export const ENCODERS: readonly Encoder[] = [rcf, stats];

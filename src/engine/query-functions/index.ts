import { auto } from "./auto.ts";
import { badge } from "./badge.ts";
import { entropy } from "./entropy.ts";
import { entropyClustering } from "./entropy-clustering.ts";
import { fps } from "./fps.ts";
import { maxherding } from "./maxherding.ts";
import { mge } from "./mge.ts";
import { mgeClustering } from "./mge-clustering.ts";
import type { QueryFunction } from "./query-function.ts";
import { random } from "./random.ts";
import { typiclust } from "./typiclust.ts";
import { uherding } from "./uherding.ts";

/** Every query function, in the order in which they are offered. */
export const QUERY_FUNCTIONS: readonly QueryFunction[] = [
  auto,
  uherding,
  maxherding,
  typiclust,
  badge,
  mgeClustering,
  mge,
  entropyClustering,
  entropy,
  fps,
  random,
];

import { DIVERSITIES } from "../diversity/index.ts";
import { UNCERTAINTIES } from "../uncertainty/index.ts";
import { auto } from "./auto.ts";
import { badge } from "./badge.ts";
import { compose } from "./compose.ts";
import { fps } from "./fps.ts";
import { maxherding } from "./maxherding.ts";
import type { QueryFunction } from "./query-function.ts";
import { random } from "./random.ts";
import { typiclust } from "./typiclust.ts";
import { uherding } from "./uherding.ts";

/** Every query function, in the order in which they are offered; each pair of criteria is one. */
export const QUERY_FUNCTIONS: readonly QueryFunction[] = [
  auto,
  uherding,
  maxherding,
  typiclust,
  badge,
  ...UNCERTAINTIES.flatMap((uncertainty) =>
    [...DIVERSITIES, null].map((diversity) => compose(uncertainty, diversity)),
  ),
  fps,
  random,
];

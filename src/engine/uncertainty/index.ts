import { bald } from "./bald.ts";
import { entropy } from "./entropy.ts";
import { leastConfidence } from "./least-confidence.ts";
import { ll } from "./ll.ts";
import { mge } from "./mge.ts";
import { tpd } from "./tpd.ts";

/** Every uncertainty criterion, in the order in which they are offered. */
export const UNCERTAINTIES = [ll, tpd, mge, entropy, leastConfidence, bald] as const;

import { clustering } from "./clustering.ts";
import { farthest } from "./farthest.ts";

/** Every diversity criterion, in the order in which they are offered. */
export const DIVERSITIES = [clustering, farthest] as const;

import { auto } from "./auto.ts";
import { average } from "./average.ts";
import type { Head } from "./head.ts";
import { kernel } from "./kernel.ts";
import { mlp } from "./mlp/index.ts";

/** Every head, in the order in which they are offered. */
export const HEADS: readonly Head[] = [auto, average, kernel, mlp];

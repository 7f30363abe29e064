import { densenet121 } from "./densenet/densenet-121.ts";
import type { RegisteredNetwork } from "./registered-network.ts";
import { resnet18 } from "./resnet/resnet-18.ts";
import { resnet50 } from "./resnet/resnet-50.ts";

/** Every end-to-end network, in the order in which they are offered. */
export const NETWORKS: readonly RegisteredNetwork[] = [densenet121, resnet18, resnet50];

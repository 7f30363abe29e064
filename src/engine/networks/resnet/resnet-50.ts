import { createNetwork, networkOptions } from "../create-network.ts";
import type { RegisteredNetwork } from "../registered-network.ts";
import { ResidualTrunk } from "./residual-trunk.ts";

const BLOCKS = [3, 4, 6, 3];

export const resnet50 = {
  id: "resnet-50",
  name: "ResNet-50",
  description:
    "50 layers with shortcuts; 24 million weights and 2,048 features. The shape of most weights pretrained on satellite imagery.",
  reference: "He et al. 2016, Deep Residual Learning for Image Recognition, table 1",
  options: networkOptions,
  create: (tf, shape, options, random) =>
    createNetwork(tf, "resnet-50", shape, options, random, "fc", (parts, trunkShape) => {
      return new ResidualTrunk(parts, trunkShape, "bottleneck", BLOCKS);
    }),
} as const satisfies RegisteredNetwork<typeof networkOptions>;

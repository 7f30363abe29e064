import { createNetwork, networkOptions } from "../create-network.ts";
import type { RegisteredNetwork } from "../registered-network.ts";
import { ResidualTrunk } from "./residual-trunk.ts";

const BLOCKS = [2, 2, 2, 2];

export const resnet18 = {
  id: "resnet-18",
  name: "ResNet-18",
  description:
    "18 layers with shortcuts; 11 million weights. The fastest of the networks: an hour's training on a processor for small patches.",
  reference: "He et al. 2016, Deep Residual Learning for Image Recognition, table 1",
  options: networkOptions,
  create: (tf, shape, options, random) =>
    createNetwork(tf, "resnet-18", shape, options, random, "fc", (parts, trunkShape) => {
      return new ResidualTrunk(parts, trunkShape, "basic", BLOCKS);
    }),
} as const satisfies RegisteredNetwork<typeof networkOptions>;

import { createNetwork, networkOptions } from "../create-network.ts";
import type { RegisteredNetwork } from "../registered-network.ts";
import { DenseTrunk } from "./dense-trunk.ts";

const LAYERS = [6, 12, 24, 16];

export const densenet121 = {
  id: "densenet-121",
  name: "DenseNet-121",
  description:
    "121 layers of which each sees all before it; 7 million weights. The network of the multi-label paper; good from few labels, slow without a graphics card.",
  reference: "Huang et al. 2017, Densely Connected Convolutional Networks, table 1",
  options: networkOptions,
  create: (tf, shape, options, random) =>
    createNetwork(tf, "densenet-121", shape, options, random, "classifier", (parts, trunkShape) => {
      return new DenseTrunk(parts, trunkShape, LAYERS);
    }),
} as const satisfies RegisteredNetwork<typeof networkOptions>;

import { z } from "zod";
import type { Random } from "../../shared/random.ts";
import type { EngineMath } from "../backends/index.ts";
import { openKernels } from "./kernels.ts";
import { type Network, TrunkNetwork } from "./network.ts";
import { Parts } from "./parts.ts";
import type { NetworkShape } from "./registered-network.ts";
import type { Trunk, TrunkShape } from "./trunk.ts";

/** Options that every architecture has. */
export const networkOptions = z.strictObject({
  stem: z
    .enum(["standard", "small"])
    .default("standard")
    .describe(
      "First layers: standard (as published: pixels are merged 4 × 4 at once) or small (they are kept apart, for " +
        "images of 32 to 64 pixels; about 16 times the work).",
    ),
});
export type NetworkOptions = z.output<typeof networkOptions>;

/**
 * A network with fresh weights, or, where `random` is null, with none yet.
 * @param layerName of the last layer, in PyTorch
 * @throws FieldmarkError `backend-unavailable` where the active backend is not the native one
 */
export function createNetwork<Saved>(
  tf: EngineMath,
  id: string,
  { bands, classes }: NetworkShape,
  { stem }: NetworkOptions,
  random: Random | null,
  layerName: string,
  makeTrunk: (parts: Parts, shape: TrunkShape) => Trunk<Saved>,
): Network {
  const parts = new Parts(openKernels(tf));
  const trunk = makeTrunk(parts, { bands, stem });
  const classifier = parts.linear(layerName, trunk.channels, classes);
  return new TrunkNetwork({ id, bands, classes, parts, trunk, classifier }, random);
}

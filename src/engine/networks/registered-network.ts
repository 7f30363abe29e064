import type { z } from "zod";
import type { Random } from "../../shared/random.ts";
import type { EngineMath } from "../backends/index.ts";
import type { Described } from "../registry.ts";
import type { Network } from "./network.ts";

/** What a network is made for. */
export interface NetworkShape {
  /** Bands of the images, at least 1. */
  readonly bands: number;
  /** Outputs, at least 1. */
  readonly classes: number;
}

/** An architecture that can be chosen. */
export interface RegisteredNetwork<O extends z.ZodType = z.ZodType> extends Described<O> {
  /**
   * A network with fresh weights, or, where `random` is null, with none yet: for weights that are loaded next.
   * @throws FieldmarkError `backend-unavailable` where the active backend is not the native one
   */
  create(tf: EngineMath, shape: NetworkShape, options: z.output<O>, random: Random | null): Network;
}

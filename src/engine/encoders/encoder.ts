import type { z } from "zod";
import type { PatchPixels } from "../../archive/patch-reader.ts";
import type { Random } from "../../shared/random.ts";
import type { EngineMath } from "../backends/index.ts";
import type { DimensionGroup } from "../embeddings/manifest.ts";
import type { NamedArrays } from "../embeddings/named-arrays.ts";
import type { Described } from "../registry.ts";
import type { Work } from "../work.ts";

/** What an encoder fitted to the archive: frozen, kept in the embeddings folder, the same for every later patch. */
export interface EncoderState {
  readonly dimensions: number;
  /** Their lengths add up to `dimensions`. */
  readonly groups: readonly DimensionGroup[];
  /** JSON values only. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly arrays: NamedArrays;
}

export interface FitContext {
  readonly tf: EngineMath;
  /** Names of the planes, in order. */
  readonly bands: readonly string[];
  /** Width and height of every sampled image. */
  readonly side: number;
  readonly random: Random;
  readonly work: Work;
}

/** An encoder ready to encode. */
export interface OpenEncoder {
  /** Patches that one call of `encode` takes at most; bounds its memory. */
  readonly batchSize: number;
  /** @returns count × dimensions, row-major, finite numbers only; the same whichever patches share the batch */
  encode(images: readonly PatchPixels[]): Float32Array;
  dispose(): void;
}

/** Patch → embedding, without labels. */
export interface Encoder<O extends z.ZodType = z.ZodType> extends Described<O> {
  /** Raised whenever the same options and seed would give other vectors. */
  readonly version: number;
  /** Width and height in pixels at which patches are read, from the median side of the archive's patches. */
  side(medianSide: number): number;
  /** @param sample raw pixels of random patches, side × side; at least one */
  fit(sample: readonly PatchPixels[], options: z.output<O>, context: FitContext): Promise<EncoderState>;
  open(state: EncoderState, tf: EngineMath): OpenEncoder;
}

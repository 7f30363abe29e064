import type { BandStatistics, Composite, Scene } from "../shared/domain/imagery.ts";
import type { ErrorShape } from "../shared/errors.ts";
import type { PixelWindow } from "../shared/raster.ts";

/** All that a worker needs to paint one patch. */
export interface PictureRequest {
  /** The source's folder. */
  readonly root: string;
  readonly scene: Scene;
  readonly window: PixelWindow;
  readonly composite: Composite;
  readonly statistics: readonly BandStatistics[];
  /** Longest side in pixels; null = the patch's own size. */
  readonly size: number | null;
}

/** What a worker answers: a PNG, or why there is none. */
export type PictureReply = { readonly png: Uint8Array<ArrayBuffer> } | { readonly error: ErrorShape };

import type { PaintedLook } from "../shared/display/painted-look.ts";
import type { BandStatistics, Composite } from "../shared/domain/imagery.ts";
import type { ErrorShape } from "../shared/errors.ts";
import type { Place } from "./channel-statistics.ts";
import type { Channel } from "./composites/index.ts";

/** All that a worker needs to paint one patch. */
export interface PictureRequest extends Place {
  readonly composite: Composite;
  /** Of what is painted, over the stretch's scope. */
  readonly statistics: readonly BandStatistics[];
  /** Longest side in pixels; null = the patch's own size. */
  readonly size: number | null;
}

/** The same for the numbers that a patch is painted with. */
export type LookRequest = Omit<PictureRequest, "size">;

export interface PlanesRequest extends Place {
  /** Names in the wanted order; null = all that the scene has. */
  readonly bands: readonly string[] | null;
  /** Longest side in pixels; null = the patch's own size. */
  readonly size: number | null;
}

export interface StatisticsRequest {
  readonly places: readonly Place[];
  readonly channels: readonly Channel[];
}

/** What a worker can be asked for, and what it answers. */
export interface DecodeTasks {
  readonly picture: { readonly request: PictureRequest; readonly result: Uint8Array<ArrayBuffer> };
  readonly planes: { readonly request: PlanesRequest; readonly result: Uint8Array<ArrayBuffer> };
  readonly look: { readonly request: LookRequest; readonly result: PaintedLook };
  readonly statistics: { readonly request: StatisticsRequest; readonly result: readonly BandStatistics[] };
}
export type DecodeTask = keyof DecodeTasks;

/** A request as it goes to a worker. */
export type DecodeRequest = {
  [Task in DecodeTask]: { readonly task: Task; readonly request: DecodeTasks[Task]["request"] };
}[DecodeTask];

/** What a worker answers: a result, or why there is none. */
export type DecodeReply =
  | { readonly result: DecodeTasks[DecodeTask]["result"] }
  | { readonly error: ErrorShape };

import { FieldmarkError } from "../../../shared/errors.ts";

export interface ImageShape {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** @throws FieldmarkError `internal` where there are not four dimensions: batch, height, width, channels */
export function imageShape({ shape }: { readonly shape: readonly number[] }): ImageShape {
  const [batch, height, width, channels] = shape;
  if (shape.length === 4 && batch !== undefined && height !== undefined && width !== undefined) {
    if (channels !== undefined) return { batch, height, width, channels };
  }
  throw new FieldmarkError("internal", `Images of four dimensions were expected, not of ${shape.length}.`);
}

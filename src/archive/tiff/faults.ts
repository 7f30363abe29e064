import { describeSystemError, FieldmarkError } from "../../shared/errors.ts";

/** What kind of trouble a raster gives: damaged, valid but beyond this reader, or implausibly large. */
export type FaultKind = "corrupt" | "unsupported" | "too-large";

/** A fault found below the level that knows the file's path; `asRasterError` turns it into the user's error. */
export class RasterFault extends Error {
  readonly kind: FaultKind;
  constructor(kind: FaultKind, reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.name = "RasterFault";
    this.kind = kind;
  }
}

/** The file contradicts itself or ends too early. `reason` is a clause without a full stop. */
export const corrupt = (reason: string, cause?: unknown) =>
  new RasterFault("corrupt", reason, cause === undefined ? undefined : { cause });

/** The file is (as far as we know) valid, but uses something this reader does not decode. */
export const unsupported = (reason: string) => new RasterFault("unsupported", reason);

/** Decoding would need more memory than any plausible raster of this file's size deserves. */
export const tooLarge = (reason: string) => new RasterFault("too-large", reason);

const ADVICE = {
  corrupt: "The file is damaged or incomplete; get a fresh copy of it.",
  unsupported: 'Convert it first, for example with "gdal_translate -co COMPRESS=DEFLATE".',
  "too-large": "Cut it into smaller files or re-tile it before adding it.",
} as const;

const CODES = {
  corrupt: "corrupt-raster",
  unsupported: "unsupported-raster",
  "too-large": "raster-too-large",
} as const;

/**
 * Any error met while reading a raster, as the error for the user: which file, which tile or strip, why, what to do.
 * @param where the block concerned, such as `tile (3, 4)`; absent for the file as a whole
 */
export function asRasterError(path: string, error: unknown, where?: string): FieldmarkError {
  if (error instanceof FieldmarkError) return error;
  const details = where === undefined ? { path } : { path, where };
  const place = where === undefined ? path : `${path}, ${where}`;
  if (error instanceof RasterFault) {
    return new FieldmarkError(CODES[error.kind], `${place}: ${error.message}. ${ADVICE[error.kind]}`, {
      details,
      cause: error.cause ?? error.message,
    });
  }
  const system = describeSystemError(error, path);
  if (system) return new FieldmarkError(system.code, system.message, { details, cause: error });
  if (error instanceof RangeError) {
    return new FieldmarkError(
      "raster-too-large",
      `${place}: there is not enough memory to decode it. ${ADVICE["too-large"]}`,
      {
        details,
        cause: error,
      },
    );
  }
  return new FieldmarkError("unreadable-file", `${place} could not be read. Check the disk and the file.`, {
    details,
    cause: error,
  });
}

/** The one union of error codes. A code names what kind of thing went wrong; the message is for the user. */
export const ERROR_CODES = [
  "invalid-input",
  "not-found",
  "no-rasters",
  "unreadable-file",
  "unsupported-raster",
  "corrupt-raster",
  "raster-too-large",
  "unknown-class",
  "unknown-image",
  "no-labels",
  "no-model",
  "no-embeddings",
  "project-exists",
  "project-missing",
  "project-newer",
  "project-locked",
  "project-corrupt",
  "read-only",
  "disk-full",
  "engine-lost",
  "engine-failed",
  "backend-unavailable",
  "busy",
  "forbidden",
  "internal",
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** The form in which an error crosses a process border. */
export interface ErrorShape {
  readonly code: ErrorCode;
  /** What happened, to which file or patch, and what to do: one or two sentences for the user. */
  readonly message: string;
  /** Facts for machines and logs: path, tile, patch id. */
  readonly details?: Readonly<Record<string, string | number | boolean | null>> | undefined;
  /** The technical cause (a library's or the system's message), for the log. */
  readonly cause?: string | undefined;
}

export class FieldmarkError extends Error {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, string | number | boolean | null>>;

  constructor(
    code: ErrorCode,
    message: string,
    options: {
      readonly details?: Readonly<Record<string, string | number | boolean | null>>;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "FieldmarkError";
    this.code = code;
    this.details = options.details ?? {};
  }
}

/** Thrown where work was cancelled on purpose. Cancellation is not an error: nothing is shown or logged as one. */
export class Cancelled extends Error {
  constructor() {
    super("Cancelled.");
    this.name = "Cancelled";
  }
}

/** Throws `Cancelled` when the signal has been raised. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new Cancelled();
}

/** The system's own code of an error (`ENOSPC`, `EACCES`), where it has one. */
export function systemCode(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

function causeText(error: unknown): string | undefined {
  if (error === undefined || error === null) return undefined;
  if (!(error instanceof Error)) return String(error);
  const deeper = causeText(error.cause);
  return deeper === undefined ? error.message : `${error.message}: ${deeper}`;
}

/** Any thrown value as an error that can be shown and sent; unknown ones become `internal`. */
export function toErrorShape(error: unknown): ErrorShape {
  if (error instanceof FieldmarkError) {
    const cause = causeText(error.cause);
    return {
      code: error.code,
      message: error.message,
      ...(Object.keys(error.details).length > 0 ? { details: error.details } : {}),
      ...(cause === undefined ? {} : { cause }),
    };
  }
  const system = describeSystemError(error);
  if (system) return system;
  const text = causeText(error) ?? "unknown error";
  return { code: "internal", message: `Something unexpected went wrong: ${text}.`, cause: text };
}

/** Sentences for the file system's errors that users meet; undefined for anything else. */
export function describeSystemError(error: unknown, what = "the file"): ErrorShape | undefined {
  const code = systemCode(error);
  const path =
    typeof error === "object" && error !== null && "path" in error && typeof error.path === "string"
      ? error.path
      : what;
  const cause = causeText(error) ?? "";
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
    case "SQLITE_FULL":
      return {
        code: "disk-full",
        message: `The disk is full, so ${path} could not be written. Free some space and try again; nothing already saved is lost.`,
        cause,
      };
    case "EACCES":
    case "EPERM":
      return {
        code: "read-only",
        message: `No permission to use ${path}. Check the folder's permissions, or choose another one.`,
        cause,
      };
    case "EROFS":
    case "SQLITE_READONLY":
      return {
        code: "read-only",
        message: `${path} is on a read-only medium. Copy the project to a folder you can write to and open it there.`,
        cause,
      };
    case "ENOENT":
      return { code: "not-found", message: `${path} does not exist. Check the path.`, cause };
    case "ENOTDIR":
      return { code: "not-found", message: `${path} is not a folder. Check the path.`, cause };
    case "EIO":
    case "ENODEV":
      return {
        code: "unreadable-file",
        message: `Reading or writing ${path} failed: its disk may have been removed or be failing. Check the disk and try again.`,
        cause,
      };
    case "EISDIR":
      return { code: "unreadable-file", message: `${path} is a folder where a file was expected.`, cause };
    default:
      return undefined;
  }
}

/** The thrown form of an error that came over a process border. */
export function fromErrorShape(shape: ErrorShape): FieldmarkError {
  return new FieldmarkError(shape.code, shape.message, {
    ...(shape.details ? { details: shape.details } : {}),
    ...(shape.cause === undefined ? {} : { cause: shape.cause }),
  });
}

/** For the end of a switch: the compiler refuses a case that was forgotten. */
export function assertNever(value: never): never {
  throw new FieldmarkError("internal", `Unhandled case: ${JSON.stringify(value)}.`);
}

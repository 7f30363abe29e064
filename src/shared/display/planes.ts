import { z } from "zod";
import { FieldmarkError } from "../errors.ts";

/*
 * Raw band planes as they go from the image endpoint to the renderer:
 *
 *   bytes 0–3   "FMR1"
 *   bytes 4–7   length of the header, uint32, little-endian
 *   then        the header: JSON in UTF-8 (`planesHeaderSchema`), filled with spaces up to a multiple of 4
 *   then        one plane a band, row-major, little-endian, in the header's sample type; each is followed by
 *               zeros up to a multiple of 4 bytes, so that every plane can be viewed where it lies
 *   then        where the header says so, the validity: one byte a pixel, 1 = data, 0 = no data
 *
 * Typed arrays have the machine's byte order, and every machine that Node and Chromium run on is little-endian.
 */
const MAGIC = "FMR1";
const PREFIX_BYTES = 8;

const planesHeaderSchema = z.object({
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  bands: z.array(z.string()).min(1),
  sampleType: z.enum(["uint8", "uint16", "float32"]),
  hasValidity: z.boolean(),
});

export type PlaneSampleType = z.infer<typeof planesHeaderSchema>["sampleType"];
export type PlaneArray = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Float32Array<ArrayBuffer>;

/** The pixels of some bands of a patch. */
export interface Planes {
  readonly width: number;
  readonly height: number;
  readonly bands: readonly string[];
  readonly sampleType: PlaneSampleType;
  /** One a band, `width × height`, row-major, in raw sample values (no scale or offset). */
  readonly planes: readonly PlaneArray[];
  /** 1 = data, 0 = no data; null when every pixel has data. */
  readonly valid: Uint8Array<ArrayBuffer> | null;
}

const SAMPLE_BYTES: Readonly<Record<PlaneSampleType, number>> = { uint8: 1, uint16: 2, float32: 4 };

function padded(bytes: number): number {
  return Math.ceil(bytes / 4) * 4;
}

/** The narrowest type that holds what a raster's sample type does; what is neither uint8 nor uint16 goes as float32. */
export function planeSampleType(dtype: string): PlaneSampleType {
  return dtype === "uint8" || dtype === "uint16" ? dtype : "float32";
}

/** Bytes that such planes take, about: without the header. */
export function planesBytes(width: number, height: number, bands: number, dtype: string): number {
  return width * height * (bands * SAMPLE_BYTES[planeSampleType(dtype)] + 1);
}

/**
 * @param planes as the reader gives them; those of integer rasters are rounded, which matters only where
 *   resampling made fractions, and then by half a count at most
 */
export function encodePlanes(content: {
  readonly width: number;
  readonly height: number;
  readonly bands: readonly string[];
  readonly sampleType: PlaneSampleType;
  readonly planes: readonly Float32Array[];
  readonly valid: Uint8Array | null;
}): Uint8Array<ArrayBuffer> {
  const { width, height, bands, sampleType, planes, valid } = content;
  const text = new TextEncoder().encode(
    JSON.stringify({ width, height, bands, sampleType, hasValidity: valid !== null }),
  );
  const headerBytes = padded(text.length);
  const planeBytes = padded(width * height * SAMPLE_BYTES[sampleType]);
  const bytes = new Uint8Array(
    PREFIX_BYTES + headerBytes + planes.length * planeBytes + (valid ? width * height : 0),
  );
  for (let at = 0; at < MAGIC.length; at++) bytes[at] = MAGIC.charCodeAt(at);
  new DataView(bytes.buffer).setUint32(4, headerBytes, true);
  bytes.fill(0x20, PREFIX_BYTES, PREFIX_BYTES + headerBytes);
  bytes.set(text, PREFIX_BYTES);
  let offset = PREFIX_BYTES + headerBytes;
  for (const plane of planes) {
    const target = planeView(bytes.buffer, offset, width * height, sampleType);
    if (target instanceof Float32Array) target.set(plane);
    // Rounds to the nearest count; what is not a number becomes 0, and its pixel is not valid.
    else for (let i = 0; i < target.length; i++) target[i] = plane[i]! + 0.5;
    offset += planeBytes;
  }
  if (valid) bytes.set(valid, offset);
  return bytes;
}

/**
 * Views on what `encodePlanes` wrote; nothing is copied.
 * @throws FieldmarkError `invalid-input` for anything else, or when bytes are missing
 */
export function decodePlanes(buffer: ArrayBuffer): Planes {
  const { sampleType, width, height, bands, hasValidity, offset: start } = readHeader(buffer);
  const planeBytes = padded(width * height * SAMPLE_BYTES[sampleType]);
  const expected = start + bands.length * planeBytes + (hasValidity ? width * height : 0);
  if (buffer.byteLength !== expected) {
    throw notPlanes(`it should have ${expected} bytes, and has ${buffer.byteLength}`);
  }
  const planes = bands.map((_, index) =>
    planeView(buffer, start + index * planeBytes, width * height, sampleType),
  );
  const valid = hasValidity ? new Uint8Array(buffer, start + bands.length * planeBytes) : null;
  return { width, height, bands, sampleType, planes, valid };
}

function readHeader(buffer: ArrayBuffer): z.infer<typeof planesHeaderSchema> & { readonly offset: number } {
  if (buffer.byteLength < PREFIX_BYTES) throw notPlanes("it is too short");
  const magic = String.fromCharCode(...new Uint8Array(buffer, 0, MAGIC.length));
  if (magic !== MAGIC) throw notPlanes(`it begins with something else than ${MAGIC}`);
  const headerBytes = new DataView(buffer).getUint32(4, true);
  if (headerBytes % 4 !== 0 || PREFIX_BYTES + headerBytes > buffer.byteLength) {
    throw notPlanes("its header is longer than it is");
  }
  const text = new TextDecoder().decode(new Uint8Array(buffer, PREFIX_BYTES, headerBytes));
  try {
    return { ...planesHeaderSchema.parse(JSON.parse(text)), offset: PREFIX_BYTES + headerBytes };
  } catch (cause) {
    throw notPlanes("its header is not understood", cause);
  }
}

function planeView(
  buffer: ArrayBuffer,
  offset: number,
  length: number,
  sampleType: PlaneSampleType,
): PlaneArray {
  switch (sampleType) {
    case "uint8":
      return new Uint8Array(buffer, offset, length);
    case "uint16":
      return new Uint16Array(buffer, offset, length);
    case "float32":
      return new Float32Array(buffer, offset, length);
  }
}

function notPlanes(reason: string, cause?: unknown): FieldmarkError {
  return new FieldmarkError(
    "invalid-input",
    `The patch's pixels did not arrive whole: ${reason}. Load them again.`,
    cause === undefined ? {} : { cause },
  );
}

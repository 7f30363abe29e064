import { corrupt, unsupported } from "../../faults.ts";
import {
  type ExpectedImage,
  type Frame,
  readFrame,
  readHuffman,
  readQuantisation,
  type Tables,
} from "./frame.ts";
import { reconstruct } from "./inverse-dct.ts";
import { decodeScan } from "./scan.ts";
import { type Plane, upsample } from "./upsample.ts";

export interface JpegImage {
  readonly width: number;
  readonly height: number;
  /** Whether some component has fewer samples than another. */
  readonly subsampled: boolean;
  /** One full-size plane per component, colour space untouched. */
  readonly planes: readonly Plane[];
}

export const emptyTables = (): Tables => ({ quantisation: [], dc: [], ac: [], restartInterval: 0 });

/** Takes the tables of an abbreviated stream (a TIFF's JPEGTables) into `tables`. */
export function readTables(bytes: Uint8Array, tables: Tables): void {
  walk(bytes, tables, { width: 0, maximumHeight: 0, components: 0 });
}

/**
 * Decodes a baseline, extended sequential or progressive JPEG of 8 bits. Application markers are ignored: in a TIFF
 * the PhotometricInterpretation says what the components mean.
 * @param tables used where the stream brings none of its own; changed by those it brings
 */
export function decodeJpeg(bytes: Uint8Array, tables: Tables, expected: ExpectedImage): JpegImage {
  const frame = walk(bytes, tables, expected);
  if (frame === null) throw corrupt("its JPEG data hold no image");
  const planes = frame.components.map((component) => {
    if (component.table === null) throw corrupt("its JPEG data lack a component or its quantisation table");
    return upsample(reconstruct(component, component.table), component, frame);
  });
  const { width, height, components } = frame;
  const subsampled = components.some((component) => component.width !== width || component.height !== height);
  return { width, height, subsampled, planes };
}

/** Goes through the markers up to the end of the image. */
function walk(bytes: Uint8Array, tables: Tables, expected: ExpectedImage): Frame | null {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) throw corrupt("its JPEG data do not begin with a JPEG marker");
  let frame: Frame | null = null;
  let at = 2;
  for (;;) {
    at = nextMarker(bytes, at);
    // A stream may lack its end marker; what is missing then shows in the scans.
    if (at >= bytes.length) return frame;
    const marker = bytes[at]!;
    at++;
    if (marker === 0xd9) return frame;
    if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) continue;
    const length = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
    if (length < 2 || at + length > bytes.length) throw corrupt("its JPEG data end inside a marker segment");
    const segment = bytes.subarray(at + 2, at + length);
    at += length;
    if (marker === 0xdb) readQuantisation(segment, tables);
    else if (marker === 0xc4) readHuffman(segment, tables);
    else if (marker === 0xdd) tables.restartInterval = ((segment[0] ?? 0) << 8) | (segment[1] ?? 0);
    else if (marker === 0xda) {
      if (frame === null) throw corrupt("its JPEG data have a scan without a frame");
      at = decodeScan(bytes, segment, at, frame, tables);
    } else if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc8 && marker !== 0xcc) {
      if (marker > 0xc2)
        throw unsupported("its JPEG data are lossless, hierarchical or arithmetically coded");
      if (frame !== null) throw corrupt("its JPEG data hold two images");
      frame = readFrame(segment, marker === 0xc2, expected);
    }
  }
}

/** The position of the next marker's code, or the stream's length. */
function nextMarker(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length) {
    if (bytes[at] !== 0xff) {
      at++;
      continue;
    }
    while (bytes[at] === 0xff) at++;
    if (at < bytes.length && bytes[at] !== 0) return at;
  }
  return bytes.length;
}

import { encodePlanes, planeSampleType, planesBytes } from "../shared/display/planes.ts";
import { FieldmarkError } from "../shared/errors.ts";
import type { PatchReader } from "./patch-reader.ts";
import type { PlanesRequest } from "./picture-request.ts";
import { shownSize } from "./render.ts";

/** A reply is at most this large: 13 bands of uint16 in 1,500 × 1,500 pixels. */
const MOST_BYTES = 64 * 2 ** 20;

/**
 * The raw planes of a patch as the renderer takes them (`shared/display/planes.ts`).
 * @throws FieldmarkError `invalid-input` for a band that the scene lacks or for more than 64 MB, and whatever
 *   reading the pixels throws
 */
export async function readPlanes(
  reader: Pick<PatchReader, "read">,
  { scene, window, bands, size }: Omit<PlanesRequest, "root">,
): Promise<Uint8Array<ArrayBuffer>> {
  const names = bands ?? scene.bands.map(({ name }) => name);
  const { width, height } = shownSize(window, size);
  if (planesBytes(width, height, names.length, scene.dtype) > MOST_BYTES) {
    throw new FieldmarkError(
      "invalid-input",
      `${names.length} bands of ${width} × ${height} pixels are too many at once. Ask for fewer bands or for a smaller size.`,
      { details: { scene: scene.name } },
    );
  }
  const { planes, valid } = await reader.read(scene, window, { bands: names, width, height });
  return encodePlanes({
    width,
    height,
    bands: names,
    sampleType: planeSampleType(scene.dtype),
    planes,
    valid,
  });
}

import type { Scene, SceneBand } from "../shared/domain/imagery.ts";
import { FieldmarkError } from "../shared/errors.ts";
import type { Raster } from "./tiff/raster.ts";

/** Whether a band's values are not simply the samples of its file. */
function isCoded({ encoding, scale, offset }: SceneBand): boolean {
  return encoding !== undefined || scale !== undefined || offset !== undefined;
}

/** Whether samples of a scene have to be turned into values; then nodata is NaN in all its bands. */
export function hasCodedBands(scene: Pick<Scene, "bands">): boolean {
  return scene.bands.some(isCoded);
}

/**
 * Turns samples into what they stand for: a palette's colours (0–255), "min is white" turned round, then scale and
 * offset. `nodata` and NaN become NaN.
 * @param samples as stored; they may be changed, and the result may be the same array
 */
export function bandValues(
  samples: Float32Array,
  band: SceneBand,
  raster: Pick<Raster, "info" | "palette">,
  nodata: number | null,
): Float32Array {
  const { encoding, scale = 1, offset = 0 } = band;
  const missing = nodata === null ? Number.NaN : Math.fround(nodata);
  const decode = decoderOf(encoding, raster);
  for (let i = 0; i < samples.length; i++) {
    const sample = samples[i]!;
    samples[i] = sample === missing ? Number.NaN : decode(sample) * scale + offset;
  }
  return samples;
}

const TABLES = { "palette-red": 0, "palette-green": 1, "palette-blue": 2 } as const;

function decoderOf(
  encoding: SceneBand["encoding"],
  { info, palette }: Pick<Raster, "info" | "palette">,
): (sample: number) => number {
  if (encoding === undefined) return (sample) => sample;
  if (encoding === "inverted") {
    const highest = 2 ** info.bitsPerSample - 1;
    return (sample) => highest - sample;
  }
  if (palette === null) {
    throw new FieldmarkError(
      "unreadable-file",
      `${info.path} had a colour table when it was added, and has none now. Scan the source again.`,
      { details: { path: info.path } },
    );
  }
  const { table, colors } = palette;
  const start = TABLES[encoding] * colors;
  return (sample) => table[start + sample] ?? Number.NaN;
}

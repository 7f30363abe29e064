import type { Scene, SceneBand } from "../../shared/domain/imagery.ts";
import type { RasterInfo } from "../tiff/raster.ts";
import type { RasterFile } from "./raster-file.ts";

const PALETTE_BANDS = [
  { name: "Red", encoding: "palette-red" },
  { name: "Green", encoding: "palette-green" },
  { name: "Blue", encoding: "palette-blue" },
] as const;

/** Whether the file's only band holds numbers of colours. */
export function isPalette({ palette, bandNames, colorInterpretation }: RasterInfo): boolean {
  const colors = bandNames.filter((_, band) => colorInterpretation[band] !== "Alpha").length;
  return palette !== null && colors === 1;
}

/**
 * The bands of a palette: red, green and blue, or a single grey one where all its colours are grey. A palette's numbers
 * mean nothing as intensities, neither to the eye nor to an encoder.
 */
export function paletteBands(file: RasterFile, greyName: string): SceneBand[] {
  const at = { file: file.path, fileBand: 0, width: file.info.width, height: file.info.height };
  if (file.info.palette === "grey") return [{ name: greyName, ...at, encoding: "palette-red" }];
  return PALETTE_BANDS.map((band) => ({ ...band, ...at }));
}

/** A band of a file as a scene has it, over the whole scene. */
export function sceneBand({ path, info }: RasterFile, fileBand: number, name: string): SceneBand {
  const scale = info.scales[fileBand] ?? 1;
  const offset = info.offsets[fileBand] ?? 0;
  const isScaled = isUsable(scale) && scale !== 0 && Number.isFinite(offset) && (scale !== 1 || offset !== 0);
  return {
    name,
    file: path,
    fileBand,
    width: info.width,
    height: info.height,
    ...(info.photometric === "MINISWHITE" && info.bands === 1 && isUnsigned(info)
      ? { encoding: "inverted" as const }
      : {}),
    ...(isScaled ? { scale, offset } : {}),
  };
}

function isUsable(scale: number): boolean {
  return Number.isFinite(scale);
}

function isUnsigned({ dtype, bitsPerSample }: RasterInfo): boolean {
  return dtype.startsWith("uint") && bitsPerSample <= 32;
}

/** Type of the values that bands have once palettes, scales and offsets are applied. */
export function valueType(bands: readonly SceneBand[], stored: string): string {
  if (bands.some(({ encoding }) => encoding?.startsWith("palette"))) return "uint8";
  return bands.some(({ scale, offset }) => scale !== undefined || offset !== undefined) ? "float32" : stored;
}

/**
 * Where a file says which of its pixels hold data: in its alpha band, else in the mask inside it, else in the `.msk`
 * file that GDAL writes beside it.
 */
export function alphaOf({ path, info, beside = "" }: RasterFile): Pick<Scene, "alpha"> {
  const band = info.colorInterpretation.indexOf("Alpha");
  // An alpha band that is all there is counts as imagery.
  if (band >= 0 && info.bands > 1) return { alpha: { file: path, fileBand: band } };
  if (info.hasMask) return { alpha: { file: path, fileBand: "mask" } };
  const mask = `${path.slice(path.lastIndexOf("/") + 1)}.msk`;
  const hasFile = beside.split("|").some((entry) => entry.startsWith(`${mask}:`));
  return hasFile ? { alpha: { file: `${path}.msk`, fileBand: 0 } } : {};
}

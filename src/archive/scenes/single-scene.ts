import type { Scene } from "../../shared/domain/imagery.ts";
import { imageryBands, recogniseSensor, sensorOfRaster } from "../sensors/index.ts";
import { qualityKindIn, qualityKindOf, qualityRank } from "../sensors/quality-bands.ts";
import { platformOfFile, withoutExtension } from "./file-names.ts";
import type { RasterFile } from "./raster-file.ts";
import { alphaOf, isPalette, paletteBands, sceneBand, valueType } from "./scene-bands.ts";

/** NaN samples are never valid, whatever a file says, so a scene needs no NaN nodata value. */
export function plainNodata(nodata: number | null): number | null {
  return nodata !== null && Number.isFinite(nodata) ? nodata : null;
}

/** One file as one scene. `bandName` is what the file's name says of its only band, if anything. */
export function singleScene(file: RasterFile, bandName: string | null = null): Scene {
  const { info } = file;
  const { sensor, bands } = isPalette(info) ? ofPalette(file, bandName) : ofBands(file, bandName);
  return {
    name: withoutExtension(file.path),
    sensor,
    width: info.width,
    height: info.height,
    dtype: valueType(bands, info.dtype),
    nodata: plainNodata(info.nodata),
    geotransform: info.geotransform ? [...info.geotransform] : null,
    epsg: info.epsg,
    proj4: info.proj4,
    bands,
    ...alphaOf(file),
    ...qualityBandOf(file),
    bytes: file.bytes,
    modified: file.modified,
  };
}

function ofBands(file: RasterFile, bandName: string | null): Pick<Scene, "sensor" | "bands"> {
  const { info } = file;
  const header = bandName !== null && info.bands === 1 ? { ...info, bandNames: [bandName] } : info;
  const { sensor, bandNames } = sensorOfRaster(header, platformOfFile(file.path));
  const bands = imageryBands(info).map((fileBand, position) =>
    sceneBand(file, fileBand, bandNames[position] ?? `Band ${position + 1}`),
  );
  return { sensor, bands };
}

function ofPalette(file: RasterFile, bandName: string | null): Pick<Scene, "sensor" | "bands"> {
  const bands = paletteBands(file, bandName ?? file.info.bandNames[0] ?? "Grey");
  const { sensor } = recogniseSensor({
    dtype: "uint8",
    names: bands.map(({ name }) => name),
    colorInterpretation: bands.map(({ name }) => name),
    pixelMeters: null,
  });
  return { sensor, bands };
}

/** A band of the file that says by its name that it holds classes, flags or cloud probabilities. */
function qualityBandOf({ path, info }: RasterFile): Pick<Scene, "quality"> {
  const found = info.bandNames.flatMap((name, fileBand) => {
    const kind = name === null ? null : qualityKindOf(name);
    return kind === null ? [] : [{ kind: qualityKindIn(kind, info.dtype), fileBand }];
  });
  const [best] = found.sort((a, b) => qualityRank(a.kind) - qualityRank(b.kind));
  if (!best || info.bands === found.length) return {};
  return { quality: { ...best, file: path, width: info.width, height: info.height } };
}

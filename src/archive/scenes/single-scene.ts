import type { Scene } from "../../shared/domain/imagery.ts";
import { imageryBands, sensorOfRaster } from "../sensors/index.ts";
import { withoutExtension } from "./file-names.ts";
import type { RasterFile } from "./raster-file.ts";

/** NaN samples are never valid, whatever a file says, so a scene needs no NaN nodata value. */
export function plainNodata(nodata: number | null): number | null {
  return nodata !== null && Number.isFinite(nodata) ? nodata : null;
}

/** One file as one scene. `bandName` is what the file's name says of its only band, if anything. */
export function singleScene(file: RasterFile, bandName: string | null = null): Scene {
  const { info } = file;
  const header = bandName !== null && info.bands === 1 ? { ...info, bandNames: [bandName] } : info;
  const { sensor, bandNames } = sensorOfRaster(header);
  return {
    name: withoutExtension(file.path),
    sensor,
    width: info.width,
    height: info.height,
    dtype: info.dtype,
    nodata: plainNodata(info.nodata),
    geotransform: info.geotransform ? [...info.geotransform] : null,
    epsg: info.epsg,
    proj4: info.proj4,
    bands: imageryBands(info).map((fileBand, position) => ({
      name: bandNames[position] ?? `Band ${position + 1}`,
      file: file.path,
      fileBand,
      width: info.width,
      height: info.height,
    })),
    bytes: file.bytes,
    modified: file.modified,
  };
}

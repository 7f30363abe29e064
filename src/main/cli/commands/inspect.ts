import { type InspectResult, inspectRaster } from "../../../archive/inspect.ts";
import { sensorOfRaster } from "../../../archive/sensors/index.ts";
import { throwIfCancelled } from "../../../shared/errors.ts";
import type { DefineCommand } from "../define-command.ts";

function inWords(result: InspectResult): string {
  if ("error" in result) return `${result.path}: ${result.error.message}`;
  const { width, height, bands, dtype, compression, nodata, epsg, crsName, sensor } = result;
  const crs = epsg === null ? (crsName ?? "no CRS") : `EPSG:${epsg}`;
  const facts = [
    `${width} × ${height}, ${bands} ${bands === 1 ? "band" : "bands"} of ${dtype}`,
    `${compression}, nodata ${nodata ?? "none"}, ${crs}, sensor ${sensor ?? "unknown"}`,
  ];
  const pixels = (result.pixels ?? []).map(
    ({ min, max, mean, sha256 }, band) =>
      `band ${band + 1}: min ${min}, max ${max}, mean ${mean}, sha256 ${sha256}`,
  );
  return [result.path, ...[...facts, ...pixels].map((line) => `  ${line}`)].join("\n");
}

/** What the archive reader sees in files. */
export const inspectCommand: DefineCommand = (program, { run }) =>
  program
    .command("inspect")
    .description("show what the archive reader sees in raster files")
    .argument("<file...>", "GeoTIFF files")
    .option("--pixels", "also decode the pixels: SHA-256, minimum, maximum and mean of the first 16 bands")
    .addHelpText(
      "after",
      "\nA file that can't be read is reported like the others and doesn't stop them; the exit code is 0\nwhen every file was reported.",
    )
    .action((files: string[], options: { pixels?: boolean; json?: boolean }) =>
      run(options, async ({ work, print }) => {
        const results: InspectResult[] = [];
        for (const [index, file] of files.entries()) {
          throwIfCancelled(work.signal);
          if (files.length > 1) work.progress({ done: index, total: files.length, message: "Inspecting" });
          results.push(
            await inspectRaster(file, {
              pixels: options.pixels === true,
              sensorOf: (info) => sensorOfRaster(info).sensor,
            }),
          );
        }
        print(results, results.map(inWords).join("\n"));
      }),
    );

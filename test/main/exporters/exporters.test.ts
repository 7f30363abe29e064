import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { EXPORTERS, exportDataset, findExporter } from "../../../src/main/exporters/index.ts";
import { csvImporter } from "../../../src/main/importers/csv.ts";
import { exportProject, freeExportFolder } from "../../../src/main/use-cases/export.ts";
import { importLabels } from "../../../src/main/use-cases/label-import.ts";
import { QUIET } from "../../../src/main/work.ts";
import { temporaryFolder, tinyLabels, tinyName, tinyProject, tinySplits, writeText } from "../fixture.ts";
import { exporterContract } from "./exporter-contract.ts";
import { sampleDataset } from "./sample-dataset.ts";

for (const exporter of EXPORTERS) exporterContract(exporter);

it("writes the multi-hot and the long table", async () => {
  const folder = join(temporaryFolder(), "out");
  await exportDataset(sampleDataset(), "csv", folder, {}, QUIET);
  expect(readFileSync(join(folder, "labels.csv"), "utf8")).toBe(
    `patch_id,image,x,y,width,height,split,sampling,longitude,latitude,water,'=trees
1,north/scene,64,0,64,64,pool,query,9.05,48.05,1,0
2,north/scene,128,0,64,64,,control,,,0,
3,"'+odd, ""name""",192,0,64,64,,other,,,,1
`,
  );
  expect(readFileSync(join(folder, "labels-long.csv"), "utf8")).toBe(
    `patch_id,image,x,y,width,height,split,class,state
1,north/scene,64,0,64,64,pool,water,present
1,north/scene,64,0,64,64,pool,'=trees,absent
2,north/scene,128,0,64,64,,water,absent
3,"'+odd, ""name""",192,0,64,64,,water,unsure
3,"'+odd, ""name""",192,0,64,64,,'=trees,present
`,
  );
});

it("writes tables that the CSV importer reads back", async () => {
  const folder = join(temporaryFolder(), "out");
  await exportDataset(sampleDataset(), "csv", folder, {}, QUIET);
  const long = csvImporter.read(readFileSync(join(folder, "labels-long.csv"), "utf8"), "labels-long.csv");
  expect(long.classes).toEqual(["water", "=trees"]);
  expect(long.rows.map(({ image, states }) => [image, states])).toEqual([
    ["north/scene", ["present", "absent"]],
    ["north/scene", ["absent", null]],
    ['+odd, "name"', ["unsure", "present"]],
  ]);
});

it("writes GeoJSON footprints whose corners agree with PROJ", async () => {
  const { store, folder } = await tinyProject(2);
  const file = writeText(folder, "labels.csv", tinyLabels(2));
  await importLabels(store, { file, format: "csv", annotator: "ana" });
  const out = join(folder, "out");
  await exportProject(store, { format: "geojson", folder: out, options: {} }, QUIET);
  const collection = JSON.parse(readFileSync(join(out, "labels.geojson"), "utf8"));
  const [first, second] = collection.features;
  expect(first.properties).toMatchObject({ image: tinyName(0), red: 0, green: 0, blue: 0 });
  expect(second.properties).toMatchObject({ image: tinyName(1), red: 1, green: 0, blue: 0 });
  // GDAL's OSR for EPSG:32632 → EPSG:4326, corners of the tile at 500000, 5400000 with 160 m sides.
  const expected = [
    [9.0, 48.753013004322185],
    [9.0, 48.75157364352364],
    [9.002176704972571, 48.75157362296698],
    [9.002176767149528, 48.75301298376449],
  ] as const;
  const ring: [number, number][] = first.geometry.coordinates[0];
  expect(ring).toHaveLength(5);
  expect(ring[0]).toEqual(ring[4]);
  for (const [longitude, latitude] of expected) {
    const nearest = Math.min(...ring.map(([x, y]) => Math.hypot(x - longitude, y - latitude)));
    expect(nearest).toBeLessThan(1e-6);
  }
  // Counter-clockwise: the shoelace sum is positive.
  const area = ring.slice(0, 4).reduce((sum, [x, y], index) => {
    const [nextX, nextY] = ring[index + 1]!;
    return sum + (x * nextY - nextX * y);
  }, 0);
  expect(area).toBeGreaterThan(0);
});

it("exports only what is confirmed", async () => {
  const { store, folder } = await tinyProject(4);
  const file = writeText(folder, "labels.csv", tinyLabels(2));
  await importLabels(store, { file, format: "csv", annotator: "ana" });
  const [redId] = store.classes().map(({ id }) => id);
  const third = store.patchLookup()(tinyName(2));
  if (third.kind !== "one" || redId === undefined) throw new Error("fixture");
  store.changeLabels([{ patchId: third.patchId, classId: redId, state: "present" }], {
    annotator: "ana",
    origin: "manual",
    round: null,
  });
  const { patches } = await exportProject(
    store,
    { format: "csv", folder: join(folder, "out"), options: {} },
    QUIET,
  );
  expect(patches).toBe(2);
});

it("round-trips a project through its own CSV export", async () => {
  const first = await tinyProject(8);
  const file = writeText(first.folder, "labels.csv", tinyLabels(8));
  const splits = writeText(first.folder, "splits.csv", tinySplits(8));
  await importLabels(first.store, { file, format: "csv", splits, annotator: "ana" });
  const out = join(first.folder, "out");
  await exportProject(first.store, { format: "csv", folder: out, options: {} }, QUIET);
  const second = await tinyProject(8, { classes: [] });
  await importLabels(second.store, {
    file: join(out, "labels.csv"),
    splits: join(out, "labels.csv"),
    format: "csv",
    annotator: "bo",
  });
  const ids = second.store.patchIds();
  expect(second.store.labelMatrix(ids)).toEqual(first.store.labelMatrix(first.store.patchIds()));
  expect(second.store.splitCounts()).toEqual(first.store.splitCounts());
});

it("puts an export into a new folder inside one that holds files", () => {
  const folder = temporaryFolder();
  expect(freeExportFolder(join(folder, "new"), "x-csv")).toBe(join(folder, "new"));
  expect(freeExportFolder(folder, "x-csv")).toBe(folder);
  writeText(folder, "mine.txt", "");
  expect(freeExportFolder(folder, "a/b:c-csv")).toBe(join(folder, "a-b-c-csv"));
});

it("names the known formats", () => {
  expect(() => findExporter("xml")).toThrow(/csv, geojson/);
});

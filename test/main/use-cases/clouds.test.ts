import { readFileSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { writeGeoTiff } from "../../../src/archive/tiff/write.ts";
import { runProgram } from "../../../src/main/cli/program.ts";
import { previewSource } from "../../../src/main/use-cases/sources.ts";
import { QUIET } from "../../../src/main/work.ts";
import { gridSchema } from "../../../src/shared/domain/imagery.ts";
import { temporaryFolder } from "../fixture.ts";

const SIDE = 64;

/** A scene of four 32-pixel windows: one empty, one cloudy, one with cloud on a quarter of it, one clear. */
async function writeCloudyScene(folder: string): Promise<void> {
  const inWindow = (i: number) => [(i % SIDE) % 32, Math.floor(i / SIDE) % 32] as const;
  const windowOf = (i: number) => Math.floor((i % SIDE) / 32) + 2 * Math.floor(i / SIDE / 32);
  const at = { width: SIDE, height: SIDE, epsg: 32632, compression: "deflate" } as const;
  const geotransform = [600_000, 10, 0, 5_300_000, 0, -10] as const;
  const write = async (name: string, bands: Uint16Array[]) => {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeGeoTiff(join(folder, name), { ...at, geotransform, bands, dtype: "uint16", nodata: 0 });
  };
  const samples = (value: (i: number) => number) =>
    Uint16Array.from({ length: SIDE * SIDE }, (_, i) => value(i));
  for (const band of ["B02", "B03", "B04", "B08"]) {
    await write(`x_${band}.tif`, [samples((i) => (windowOf(i) === 0 ? 0 : 800 + (i % 7)))]);
  }
  await write("x_SCL.tif", [
    samples((i) => {
      const [column, row] = inWindow(i);
      if (windowOf(i) === 1) return 9;
      return windowOf(i) === 2 && column < 16 && row < 16 ? 8 : 4;
    }),
  ]);
}

async function create(folder: string, name: string, ...options: string[]) {
  const output = { out: "", error: "" };
  const project = join(folder, name);
  const args = ["create", project, "--source", join(folder, "archive"), "--patch-size", "32", ...options];
  const code = await runProgram(args, {
    isInteractive: false,
    out: (text) => {
      output.out += text;
    },
    error: (text) => {
      output.error += text;
    },
  });
  expect(output.error === "" || code === 0, output.error).toBe(true);
  return { code, ...output };
}

it("leaves out cloudy windows, and says how many and why", async () => {
  const folder = temporaryFolder();
  await writeCloudyScene(join(folder, "archive"));
  const text = await create(folder, "a");
  expect(text.out).toContain("2 patches of 1 scenes (1 left out for nodata, 1 for clouds)");
  expect(text.error).toContain("all scenes: Sentinel-2 scene classification");
  const json = async (name: string, ...options: string[]) =>
    JSON.parse((await create(folder, name, "--json", ...options)).out);
  expect(await json("b")).toMatchObject({
    patches: 2,
    tooMuchNodata: 1,
    cloudy: 1,
    grid: { cloudLimit: 0.5 },
  });
  expect(await json("c", "--cloud-limit", "0.2")).toMatchObject({ patches: 1, tooMuchNodata: 1, cloudy: 2 });
  expect(await json("d", "--cloud-limit", "1")).toMatchObject({ patches: 3, tooMuchNodata: 1, cloudy: 0 });
  expect(await json("e", "--cloud-limit", "0", "--cloud-classes", "9")).toMatchObject({
    patches: 2,
    cloudy: 1,
    grid: { cloudClasses: [9] },
  });
  expect((await previewSource(join(folder, "archive"), QUIET)).quality).toContain("scene classification");
});

it("keeps the patches of a scene whose quality layer is damaged, and names the file", async () => {
  const folder = temporaryFolder();
  await writeCloudyScene(join(folder, "archive"));
  const path = join(folder, "archive", "x_SCL.tif");
  const bytes = readFileSync(path);
  // The compressed samples, not the directory behind them.
  bytes.fill(0x55, 8, 60);
  writeFileSync(path, bytes);
  const { out } = await create(folder, "a", "--json");
  expect(JSON.parse(out)).toMatchObject({
    patches: 3,
    cloudy: 0,
    unreadable: [{ path: "x_SCL.tif", message: expect.stringContaining("Clouds in x were not left out.") }],
  });
});

it("reads the grid of a project that knows nothing of clouds", () => {
  const earlier = { patchSize: 64, stride: null, edges: "shift", nodataLimit: 0.25 };
  expect(gridSchema.parse(earlier)).toEqual(earlier);
});

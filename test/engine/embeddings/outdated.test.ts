import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openEmbeddings } from "../../../src/engine/embeddings/embedding-set.ts";
import { encode } from "../../../src/engine/encoders/encode.ts";
import { QUIET_WORK } from "../../../src/engine/work.ts";
import { scratchFolder, tf, wholeFiles, writeArchive } from "../fixture.ts";

async function vectorOf(folder: string, id: number): Promise<number[]> {
  const set = await openEmbeddings(folder);
  try {
    return Array.from((await set.readRows([set.rowOf(id) ?? -1])).values);
  } finally {
    await set.close();
  }
}

it("computes patches again whose pixels have changed, and no others", async () => {
  const [source, folder] = [await scratchFolder(), await scratchFolder()];
  await writeArchive(source, { count: 6, side: 32, bands: 3 });
  const request = { encoder: "stats", options: {}, seed: 1, folder, patches: await wholeFiles(source) };
  await encode(request, tf, QUIET_WORK);
  const [second, third] = [await vectorOf(folder, 2), await vectorOf(folder, 3)];
  // Two files have the pixels of the fifth now, but only one of them is named.
  for (const index of [1, 2])
    await copyFile(join(source, "patch-004.tif"), join(source, `patch-00${index}.tif`));
  const again = await encode({ ...request, outdated: Int32Array.of(2) }, tf, QUIET_WORK);
  expect(again).toMatchObject({ count: 6, computed: 1, failures: [] });
  expect(await vectorOf(folder, 2)).not.toEqual(second);
  expect(await vectorOf(folder, 2)).toEqual(await vectorOf(folder, 5));
  expect(await vectorOf(folder, 3)).toEqual(third);
});

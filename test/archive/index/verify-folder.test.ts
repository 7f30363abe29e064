import { cp, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createMemoryIndex } from "../../../src/archive/index/file-index.ts";
import { updateIndex } from "../../../src/archive/index/update-index.ts";
import { type SoughtFile, verifyFolder } from "../../../src/archive/index/verify-folder.ts";
import { plane, scratchFolder, writeRaster } from "../fixtures.ts";

async function archive(count: number): Promise<{ folder: string; files: readonly SoughtFile[] }> {
  const folder = await scratchFolder();
  for (let index = 0; index < count; index++) {
    const bands = [plane(new Uint16Array(256), 16, (x, y) => index + x * y)];
    await writeRaster(folder, `deep/${index}.tif`, { bands, compression: "none" });
  }
  return { folder, files: (await updateIndex(folder, createMemoryIndex())).files };
}

async function copyOf(folder: string): Promise<string> {
  const copy = join(await scratchFolder(), "elsewhere");
  await cp(folder, copy, { recursive: true });
  return copy;
}

/** The same size, another content. */
async function tamper(path: string): Promise<void> {
  const content = await readFile(path);
  content[20] = (content[20] ?? 0) ^ 255;
  await writeFile(path, content);
}

test("a copy is the same folder, whatever its times are", async () => {
  const { folder, files } = await archive(100);
  const copy = await copyOf(folder);
  await utimes(join(copy, "deep/3.tif"), 0, 0);
  await writeFile(join(copy, "added.tif"), "something else");
  expect(await verifyFolder(copy, files)).toEqual({
    folder: copy,
    verdict: "same",
    files: 100,
    found: 100,
    sampled: 64,
    different: 0,
    examples: [],
  });
});

test("a folder that misses files, or has some of another size or content, is partly the same", async () => {
  const { folder, files } = await archive(6);
  const copy = await copyOf(folder);
  await rm(join(copy, "deep/2.tif"));
  await writeRaster(copy, "deep/4.tif", { width: 30, height: 30 });
  await tamper(join(copy, "deep/5.tif"));
  expect(await verifyFolder(copy, files)).toMatchObject({
    verdict: "partly",
    files: 6,
    found: 4,
    sampled: 4,
    different: 1,
    examples: ["deep/5.tif", "deep/2.tif", "deep/4.tif"],
  });
});

test("other imagery under the same names, and a folder without any of them, are another one", async () => {
  const { folder, files } = await archive(5);
  const copy = await copyOf(folder);
  for (let index = 0; index < 5; index++) await tamper(join(copy, `deep/${index}.tif`));
  expect(await verifyFolder(copy, files)).toMatchObject({ verdict: "other", found: 5, different: 5 });
  expect(await verifyFolder(await scratchFolder(), files)).toMatchObject({ verdict: "other", found: 0 });
  await expect(verifyFolder(join(folder, "nowhere"), files)).rejects.toMatchObject({ code: "not-found" });
});

test("files of which little is known are compared by what is known", async () => {
  const { folder } = await archive(3);
  const names = [0, 1, 2].map((index) => ({ path: `deep/${index}.tif`, bytes: null, fingerprint: null }));
  expect(await verifyFolder(folder, names)).toMatchObject({ verdict: "same", found: 3, sampled: 0 });
});

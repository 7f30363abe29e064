import { fork } from "node:child_process";
import { appendFile, truncate } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { openEmbeddings } from "../../../src/engine/embeddings/embedding-set.ts";
import { encode } from "../../../src/engine/encoders/encode.ts";
import { QUIET_WORK } from "../../../src/engine/work.ts";
import { scratchFolder, tf, vectorsOf, wholeFiles, writeArchive, writeEmbeddings } from "../fixture.ts";

const child = fileURLToPath(new URL("./encode-until-killed.ts", import.meta.url));

async function allVectors(folder: string, ids: Int32Array): Promise<number[]> {
  const set = await openEmbeddings(folder);
  try {
    return Array.from((await set.readRows(Array.from(ids, (id) => set.rowOf(id) ?? -1))).values);
  } finally {
    await set.close();
  }
}

it("goes on after the process was killed in the middle, with the same vectors as an undisturbed run", async () => {
  const source = await scratchFolder();
  const [killed, undisturbed] = [await scratchFolder(), await scratchFolder()];
  await writeArchive(source, { count: 120, side: 64, bands: 3 });
  const process = fork(child, [source, killed], {
    execArgv: [],
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  await new Promise<void>((resolve, reject) => {
    process.on("message", (message: { message: string }) => {
      if (message.message.startsWith("Computing")) process.kill("SIGKILL");
    });
    process.once("exit", (_code, signal) =>
      signal === "SIGKILL" ? resolve() : reject(new Error("not killed")),
    );
  });
  const patches = await wholeFiles(source);
  const request = { patches, encoder: "stats", options: {}, seed: 1 };
  const resumed = await encode({ ...request, folder: killed }, tf, QUIET_WORK);
  expect(resumed.computed).toBeLessThan(120);
  expect(resumed.count).toBe(120);
  await encode({ ...request, folder: undisturbed }, tf, QUIET_WORK);
  expect(await allVectors(killed, patches.ids)).toEqual(await allVectors(undisturbed, patches.ids));
});

it("cuts off a half-written block of either file", async () => {
  const folder = await scratchFolder();
  const rows = [
    [1, 2],
    [3, 4],
    [5, 6],
  ];
  const ids = await writeEmbeddings(folder, vectorsOf(rows));
  await appendFile(join(folder, "vectors.f32"), Buffer.alloc(13));
  expect(await allVectors(folder, ids)).toEqual(rows.flat());
  await truncate(join(folder, "ids.i32"), 10);
  const set = await openEmbeddings(folder);
  expect(set.count).toBe(2);
  expect(set.rowOf(3)).toBeUndefined();
  await set.close();
  const more = await writeEmbeddings(folder, vectorsOf([[7, 8]]), 9);
  expect(await allVectors(folder, Int32Array.of(1, 2, ...more))).toEqual([1, 2, 3, 4, 7, 8]);
});

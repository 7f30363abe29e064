import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openEmbeddings } from "../../../src/engine/embeddings/embedding-set.ts";
import { encode } from "../../../src/engine/encoders/encode.ts";
import { ENCODERS } from "../../../src/engine/encoders/index.ts";
import { QUIET_WORK } from "../../../src/engine/work.ts";
import type { PatchTable } from "../../../src/shared/domain/imagery.ts";
import type { OptionValues } from "../../../src/shared/domain/learning.ts";
import { Cancelled } from "../../../src/shared/errors.ts";
import { firstPatches, scratchFolder, tf, writeArchive } from "../fixture.ts";

const SMALL: Readonly<Record<string, OptionValues>> = { rcf: { filters: 32 } };

describe.each(ENCODERS.map(({ id }) => id))("encoder %s", (encoder) => {
  const options = SMALL[encoder] ?? {};
  const run = (patches: PatchTable, folder: string, seed = 1, work = QUIET_WORK) =>
    encode({ patches, encoder, options, seed, folder }, tf, work);

  async function vectorsIn(folder: string, ids: Int32Array): Promise<Map<number, number[]>> {
    const set = await openEmbeddings(folder);
    try {
      const rows = Array.from(ids, (id) => set.rowOf(id)).filter((row) => row !== undefined);
      const { values, dimensions } = await set.readRows(rows);
      return new Map(
        rows.map((_, i) => [ids[i]!, Array.from(values.subarray(i * dimensions, (i + 1) * dimensions))]),
      );
    } finally {
      await set.close();
    }
  }

  it.each([
    { count: 4, side: 16, bands: 1, dtype: "uint8" },
    { count: 5, side: 70, bands: 3, dtype: "uint8" },
    { count: 3, side: 40, bands: 13, dtype: "uint16" },
    { count: 2, side: 300, bands: 4, dtype: "float32" },
    { count: 1, side: 33, bands: 2, dtype: "uint16" },
  ] as const)("encodes $count patches of $side px with $bands bands of $dtype", async (shape) => {
    const source = await scratchFolder();
    const folder = join(await scratchFolder(), "embeddings");
    const patches = await writeArchive(source, shape);
    const result = await run(patches, folder);
    expect(result).toMatchObject({ count: shape.count, computed: shape.count, failures: [] });
    const vectors = await vectorsIn(folder, patches.ids);
    for (const vector of vectors.values()) {
      expect(vector).toHaveLength(result.dimensions);
      expect(vector.every(Number.isFinite)).toBe(true);
    }
  });

  it("gives the same vectors whether patches come together or one after another, and keeps them", async () => {
    const source = await scratchFolder();
    const patches = await writeArchive(source, { count: 9, side: 48, bands: 3 });
    const [together, apart] = [await scratchFolder(), await scratchFolder()];
    await run(patches, together);
    // The encoder is fitted to the first call's patches: freeze it on all, then lose the vectors.
    await run(patches, apart);
    await writeFile(join(apart, "ids.i32"), "");
    expect(await run(firstPatches(patches, 4), apart)).toMatchObject({ computed: 4, count: 4 });
    expect(await run(patches, apart)).toMatchObject({ computed: 5, count: 9 });
    expect(await run(patches, apart)).toMatchObject({ computed: 0, count: 9 });
    const first = await vectorsIn(together, patches.ids);
    const second = await vectorsIn(apart, patches.ids);
    for (const [id, vector] of first) {
      second.get(id)?.forEach((value, d) => void expect(value).toBeCloseTo(vector[d]!, 4));
    }
    expect(second.size).toBe(9);
  });

  it("goes on past unreadable patches and tries them again later", async () => {
    const source = await scratchFolder();
    const folder = await scratchFolder();
    const patches = await writeArchive(source, { count: 5, side: 32, bands: 1 });
    await writeFile(join(source, "patch-002.tif"), "not a raster any more");
    const result = await run(patches, folder);
    expect(result).toMatchObject({ computed: 4, count: 4 });
    expect(result.failures).toHaveLength(1);
    expect(result.failures[0]?.id).toBe(3);
    expect(result.failures[0]?.message).toContain("patch-002");
    await writeArchive(source, { count: 5, side: 32, bands: 1 });
    expect(await run(patches, folder)).toMatchObject({ computed: 1, count: 5, failures: [] });
  });

  it("copes with constant bands and tells different patches apart", async () => {
    const source = await scratchFolder();
    const folder = await scratchFolder();
    const patches = await writeArchive(source, { count: 6, side: 32, bands: 2 });
    await run(patches, folder);
    const vectors = await vectorsIn(folder, patches.ids);
    const distance = (a: number, b: number) =>
      Math.hypot(...vectors.get(a)!.map((value, d) => value - vectors.get(b)![d]!));
    // Patches 1, 3, 5 are smooth; 2, 4, 6 striped (see the fixture).
    expect(distance(1, 2)).toBeGreaterThan(0);
    expect(Number.isFinite(distance(1, 3))).toBe(true);
  });

  it("refuses to mix seeds in one folder", async () => {
    const source = await scratchFolder();
    const folder = await scratchFolder();
    const patches = await writeArchive(source, { count: 2, side: 32, bands: 1 });
    await run(patches, folder, 1);
    await expect(run(patches, folder, 2)).rejects.toMatchObject({ code: "invalid-input" });
  });

  it("says so where not one patch can be read", async () => {
    const source = await scratchFolder();
    const patches = await writeArchive(source, { count: 2, side: 32, bands: 1 });
    for (const name of ["patch-000.tif", "patch-001.tif"]) await writeFile(join(source, name), "gone");
    await expect(run(patches, await scratchFolder())).rejects.toMatchObject({ code: "unreadable-file" });
  });

  it("keeps what it has when cancelled, reports progress, leaves nothing on the device", async () => {
    const source = await scratchFolder();
    const folder = await scratchFolder();
    const patches = await writeArchive(source, { count: 70, side: 20, bands: 1 });
    await run(firstPatches(patches, 2), folder);
    const before = tf.memory().numTensors;
    const controller = new AbortController();
    const seen: number[] = [];
    const work = {
      signal: controller.signal,
      progress: ({ done, total }: { done: number; total: number }) => {
        expect(total).toBe(70);
        seen.push(done);
        if (done > 2) controller.abort();
      },
    };
    await expect(run(patches, folder, 1, work)).rejects.toThrow(Cancelled);
    expect(tf.memory().numTensors).toBe(before);
    const rest = await run(patches, folder);
    expect(rest.computed).toBe(70 - (seen.at(-1) ?? 0));
    expect(rest.count).toBe(70);
  });
});

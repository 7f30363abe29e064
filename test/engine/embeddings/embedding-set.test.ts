import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openEmbeddings } from "../../../src/engine/embeddings/embedding-set.ts";
import { fitSpace, intoSpace } from "../../../src/engine/embeddings/embedding-space.ts";
import { createRandom } from "../../../src/shared/random.ts";
import { normalVectors, scratchFolder, vectorsOf, writeEmbeddings } from "../fixture.ts";

describe("an embeddings folder", () => {
  it("reads rows in any order, with gaps and twice", async () => {
    const folder = await scratchFolder();
    const vectors = normalVectors(100, 7, createRandom(1));
    await writeEmbeddings(folder, vectors, 11);
    const set = await openEmbeddings(folder);
    const rows = [99, 0, 50, 51, 0, 3];
    const read = await set.readRows(rows);
    expect(Array.from(read.values)).toEqual(
      rows.flatMap((row) => Array.from(vectors.values.subarray(row * 7, row * 7 + 7))),
    );
    expect(set.rowOf(11)).toBe(0);
    expect(set.rowOf(10)).toBeUndefined();
    await set.close();
  });

  it("says what to do where there are none, or damaged ones", async () => {
    const folder = await scratchFolder();
    await expect(openEmbeddings(folder)).rejects.toMatchObject({ code: "no-embeddings" });
    await writeEmbeddings(folder, vectorsOf([[1]]));
    await writeFile(join(folder, "encoder.json"), "{");
    await expect(openEmbeddings(folder)).rejects.toMatchObject({ code: "no-embeddings" });
    await rm(join(folder, "encoder.json"));
    await expect(openEmbeddings(folder)).rejects.toThrow(/encode/);
  });
});

describe("the embedding space", () => {
  it("has mean 0, deviation 1, and nothing where a dimension is constant", async () => {
    const folder = await scratchFolder();
    await writeEmbeddings(
      folder,
      vectorsOf([
        [1, 5, 1e6],
        [3, 5, 1e6 + 2],
        [5, 5, 1e6 + 4],
        [7, 5, 1e6 + 6],
      ]),
    );
    const set = await openEmbeddings(folder);
    const { values } = intoSpace(await fitSpace(set), await set.readRows([0, 1, 2, 3]));
    await set.close();
    const root5 = Math.sqrt(5);
    [-3, -1, 1, 3].forEach((value, row) => {
      expect(values[row * 3]).toBeCloseTo(value / root5, 5);
      expect(values[row * 3 + 1]).toBe(0);
      expect(values[row * 3 + 2]).toBeCloseTo(value / root5, 5);
    });
  });
});

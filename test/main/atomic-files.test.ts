import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { writeFileAtomically, writeFolderAtomically } from "../../src/main/atomic-files.ts";
import { temporaryFolder } from "./fixture.ts";

it("replaces a file as a whole and leaves no temporary one", async () => {
  const folder = temporaryFolder();
  const file = join(folder, "deep", "a.txt");
  await writeFileAtomically(file, "one");
  await writeFileAtomically(file, "two");
  expect(readFileSync(file, "utf8")).toBe("two");
  expect(readdirSync(join(folder, "deep"))).toEqual(["a.txt"]);
});

it("shows a folder only when all of it is written", async () => {
  const folder = temporaryFolder();
  const target = join(folder, "out");
  await writeFolderAtomically(target, async (temporary) => {
    await writeFile(join(temporary, "a.txt"), "a");
    expect(existsSync(target)).toBe(false);
  });
  expect(readdirSync(target)).toEqual(["a.txt"]);
});

it.skipIf(!existsSync("/dev/full"))("says that the disk is full, and leaves nothing behind", async () => {
  const folder = temporaryFolder();
  await expect(
    writeFolderAtomically(join(folder, "out"), async (temporary) => {
      await writeFile(join(temporary, "a.txt"), "a");
      // The kernel's own answer to writing on a full disk.
      await writeFile("/dev/full", "b");
    }),
  ).rejects.toMatchObject({ code: "disk-full", message: expect.stringContaining("The disk is full") });
  expect(readdirSync(folder)).toEqual([]);
});

it("names a place that can't be written to", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "file"), "");
  await expect(writeFileAtomically(join(folder, "file", "a.txt"), "a")).rejects.toMatchObject({
    message: expect.stringContaining(join(folder, "file")),
  });
});

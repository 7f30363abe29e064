import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseWheelName, unpackWheel, type Wheel, wheelRequirements } from "../../../scripts/setup/wheel.ts";
import { extractEntry, readZip } from "../../../scripts/setup/zip.ts";
import { temporaryFolder, writeWheel, zip } from "./fixtures.ts";

const NAME = "tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl";

function wheelAt(path: string): Wheel {
  const wheel = parseWheelName(path);
  if (!wheel) throw new Error(`${path} is no wheel's name`);
  return wheel;
}

const hasPython = spawnSync("python3", ["--version"]).status === 0;

describe("zip", () => {
  it.skipIf(!hasPython)("reads what Python's zipfile wrote (no python3)", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "by-python.zip");
    const script = [
      "import sys, zipfile",
      "z = zipfile.ZipFile(sys.argv[1], 'w')",
      "z.comment = b'a comment after the directory'",
      "z.writestr('stored.txt', 'as it is', zipfile.ZIP_STORED)",
      "z.writestr('ä/deflated.txt', 'again and again ' * 5000, zipfile.ZIP_DEFLATED)",
      "z.writestr('empty', '')",
      "z.close()",
    ].join("\n");
    expect(spawnSync("python3", ["-c", script, path]).status).toBe(0);
    const entries = await readZip(path);
    expect(entries.map((entry) => [entry.name, entry.method, entry.bytes])).toEqual([
      ["stored.txt", 0, 8],
      ["ä/deflated.txt", 8, 80_000],
      ["empty", 0, 0],
    ]);
    for (const entry of entries) await extractEntry(path, entry, join(folder, "out", entry.name));
    expect(readFileSync(join(folder, "out/stored.txt"), "utf8")).toBe("as it is");
    expect(readFileSync(join(folder, "out/ä/deflated.txt"), "utf8")).toBe("again and again ".repeat(5000));
    expect(readFileSync(join(folder, "out/empty"), "utf8")).toBe("");
  });

  it("refuses a truncated archive and a damaged file", async () => {
    const folder = temporaryFolder();
    const archive = zip({ "a.txt": "alphabet".repeat(100), "b.txt": "short" });
    writeFileSync(join(folder, "cut.zip"), archive.subarray(0, archive.length - 30));
    await expect(readZip(join(folder, "cut.zip"))).rejects.toThrow("not a complete zip archive");

    const damaged = Buffer.from(archive);
    damaged.write("S", damaged.indexOf("short"));
    const path = join(folder, "damaged.zip");
    writeFileSync(path, damaged);
    const entry = (await readZip(path)).find((each) => each.name === "b.txt");
    if (!entry) throw new Error("b.txt is missing");
    await expect(extractEntry(path, entry, join(folder, "b.txt"))).rejects.toThrow("damaged");
  });
});

describe("wheels", () => {
  it("have name and version in their file names", () => {
    expect(parseWheelName(`/some/where/${NAME}`)).toMatchObject({
      name: "tensorflow-cpu",
      version: "2.21.0",
    });
    expect(parseWheelName("nvidia_cublas_cu12-12.9.1.4-1-py3-none-manylinux_2_27_x86_64.whl")).toMatchObject({
      name: "nvidia-cublas-cu12",
      version: "12.9.1.4",
    });
    expect(parseWheelName("notes.txt")).toBeNull();
  });

  it("are unpacked in part and checked", async () => {
    const folder = temporaryFolder();
    const wheel = wheelAt(writeWheel(folder, NAME, { "pkg/a.so": "A".repeat(999), "pkg/b.py": "b" }));
    const out = join(folder, "out");
    expect(await unpackWheel(wheel, out, (name) => name.endsWith(".so"))).toEqual(["pkg/a.so"]);
    expect(readFileSync(join(out, "pkg/a.so"), "utf8")).toBe("A".repeat(999));
    expect(existsSync(join(out, "pkg/b.py"))).toBe(false);
  });

  it("are refused with a wrong checksum or an unsafe name", async () => {
    const folder = temporaryFolder();
    const spoilt = wheelAt(writeWheel(join(folder, "a"), NAME, { "pkg/a.so": "A" }, { spoil: "pkg/a.so" }));
    await expect(unpackWheel(spoilt, join(folder, "out"), () => true)).rejects.toThrow("wrong checksum");
    const unsafe = wheelAt(writeWheel(join(folder, "b"), NAME, { "../escape.so": "A" }));
    await expect(unpackWheel(unsafe, join(folder, "out"), () => true)).rejects.toThrow("unsafe name");
    expect(existsSync(join(folder, "escape.so"))).toBe(false);
  });

  it("name what an extra requires", async () => {
    const metadata = [
      "Name: tensorflow",
      "Requires-Dist: numpy>=1.26.0",
      "Requires-Dist: nvidia-cublas-cu12 (<13.0,>=12.5.3.2) ; extra == 'and-cuda'",
      'Requires-Dist: nvidia-cudnn-cu12<10.0,>=9.3.0.75; extra == "and-cuda"',
      'Requires-Dist: tensorflow-io; extra == "gcs"',
    ].join("\n");
    const wheel = wheelAt(writeWheel(temporaryFolder(), NAME, {}, { metadata }));
    expect(await wheelRequirements(wheel, "and-cuda")).toEqual([
      "nvidia-cublas-cu12<13.0,>=12.5.3.2",
      "nvidia-cudnn-cu12<10.0,>=9.3.0.75",
    ]);
  });
});

import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { temporaryFolder, tinyName, writeTinyArchive } from "../fixture.ts";

const MAIN = fileURLToPath(new URL("../../../src/main/cli/main.ts", import.meta.url));

/** The command line as it is really run: a process of its own. */
async function run(...args: string[]): Promise<{ code: number | null; out: string; error: string }> {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  let error = "";
  child.stdout.on("data", (data) => {
    out += data;
  });
  child.stderr.on("data", (data) => {
    error += data;
  });
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, out, error };
}

it("prints one JSON document on stdout and ends with 0", async () => {
  const folder = await writeTinyArchive(temporaryFolder(), 1);
  const { code, out } = await run("inspect", "--json", `${folder}/${tinyName(0)}.tif`);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject([{ width: 16, height: 16, bands: 3 }]);
});

it("ends with 1 for a failure, and keeps the words on stderr", async () => {
  const folder = temporaryFolder();
  const { code, out, error } = await run("create", `${folder}/p`, "--source", `${folder}/none`, "--json");
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ error: { code: "not-found" } });
  expect(error).toContain(`${folder}/none`);
});

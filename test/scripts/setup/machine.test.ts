import { chmodSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cacheFolder, lastLine, thisMachine } from "../../../scripts/setup/machine.ts";
import { fakeMachine, temporaryFolder, writeFiles } from "./fixtures.ts";

describe("thisMachine", () => {
  it("finds programs on the PATH it is given, and only those that can be run", () => {
    const folder = temporaryFolder();
    writeFiles(folder, { tool: "#!/bin/sh\n", notes: "text" });
    chmodSync(join(folder, "tool"), 0o755);
    const machine = thisMachine({ PATH: `/no/such/folder:${folder}` });
    expect(machine.find("tool")).toBe(join(folder, "tool"));
    expect(machine.find("notes")).toBeNull();
    expect(machine.find("missing")).toBeNull();
  });

  it("runs programs to their end, never throws, and stops what takes too long", async () => {
    const machine = thisMachine();
    const node = process.execPath;
    expect(await machine.run(node, ["-e", "console.log(1); console.error(2); process.exit(3)"])).toEqual({
      code: 3,
      stdout: "1\n",
      stderr: "2\n",
      timedOut: false,
    });
    const slow = await machine.run(node, ["-e", "setInterval(() => 0, 1000)"], { limit: 200 });
    expect(slow).toMatchObject({ code: null, timedOut: true });
    expect(lastLine(slow)).toBe("it took too long");
    expect((await machine.run("/no/such/program", [])).stderr).toContain("ENOENT");
  });
});

describe("cacheFolder", () => {
  it("is the user's, wherever that is said to be", () => {
    const at = (env: NodeJS.ProcessEnv) => cacheFolder(fakeMachine({}, { env }));
    expect(at({ HOME: "/home/ana" })).toBe("/home/ana/.cache/fieldmark");
    expect(at({ HOME: "/home/ana", XDG_CACHE_HOME: "/cache" })).toBe("/cache/fieldmark");
    expect(at({ HOME: "/home/ana", XDG_CACHE_HOME: "/cache", FIELDMARK_CACHE: "/fast" })).toBe("/fast");
  });
});

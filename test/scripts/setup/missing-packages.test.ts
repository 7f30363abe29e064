import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { layoutStamp } from "../../../scripts/setup/library.ts";
import { cacheFolder, type Machine } from "../../../scripts/setup/machine.ts";
import { missingPackages } from "../../../scripts/setup/set-up.ts";
import { fakeMachine, TENSORFLOW_FILES, writeFiles } from "./fixtures.ts";

const log = () => undefined;
const none = () => undefined;

function forApp(machine: Machine, isBuilt = false): Promise<string[]> {
  return missingPackages({ machine, log, purpose: "app" }, isBuilt);
}

describe("missingPackages", () => {
  it("names only what is missing", async () => {
    expect(await forApp(fakeMachine({}))).toEqual(["g++", "python3-pip"]);
    expect(await forApp(fakeMachine({ "g++": none }))).toEqual(["python3-pip"]);
    expect(await forApp(fakeMachine({ "clang++": none, python3: none }))).toEqual([]);
    const withoutPip = () => ({ code: 1, stderr: "No module named pip" });
    expect(await forApp(fakeMachine({ "g++": none, python3: withoutPip }))).toEqual(["python3-pip"]);
  });

  it("wants no pip where libtensorflow is at hand, and nothing where the backend is built or can't be", async () => {
    const machine = fakeMachine({ "g++": none });
    const layout = join(cacheFolder(machine), "libtensorflow", "cpu-2.21.0");
    writeFiles(layout, { ...TENSORFLOW_FILES, "layout.json": layoutStamp("a wheel", {}) });
    expect(await forApp(machine)).toEqual([]);
    const given = { ...machine.env, FIELDMARK_CACHE: "/no/such", FIELDMARK_LIBTENSORFLOW: "/given" };
    expect(await forApp(fakeMachine({ "g++": none }, { env: given }))).toEqual([]);
    expect(await forApp(fakeMachine({}), true)).toEqual([]);
    expect(await forApp(fakeMachine({}, { arch: "arm64" }))).toEqual([]);
  });

  it("wants a browser for tests alone", async () => {
    const machine = fakeMachine({});
    const forTests = (env: NodeJS.ProcessEnv) =>
      missingPackages({ machine: { ...machine, env }, log, purpose: "tests" }, true);
    // A browser installed where one usually is on Macs and Windows machines counts too.
    if (process.platform === "linux") expect(await forTests({ PATH: "" })).toEqual(["chromium"]);
    expect(await forTests({ PATH: "", FIELDMARK_CHROMIUM: "/opt/chromium" })).toEqual([]);
    expect(await forApp(machine, true)).toEqual([]);
  });
});

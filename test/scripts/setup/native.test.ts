import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { TENSORFLOW_VERSION } from "../../../scripts/setup/find-library.ts";
import { cacheFolder, type Machine } from "../../../scripts/setup/machine.ts";
import { type NativeOptions, setUpNative } from "../../../scripts/setup/native.ts";
import { nativeLocation, readNativeRecord } from "../../../src/engine/backends/native-location.ts";
import {
  type FakeMachine,
  fakeMachine,
  TENSORFLOW_FILES,
  temporaryFolder,
  writeFiles,
  writeWheel,
} from "./fixtures.ts";

const CPU_WHEEL = `tensorflow_cpu-${TENSORFLOW_VERSION}-cp311-cp311-manylinux_2_27_x86_64.whl`;

function fakePackage(): string {
  const folder = temporaryFolder();
  writeFiles(folder, { "binding/tfjs_backend.cc": "// backend", "binding/tfjs_binding.cc": "// binding" });
  return folder;
}

/** Writes what the compiler would write: the file after `-o`. */
function compile(args: readonly string[]): undefined {
  const target = args[args.indexOf("-o") + 1] ?? "";
  writeFiles(join(target, ".."), { [target.split("/").at(-1) ?? ""]: "binding" });
}

function download(args: readonly string[]): undefined {
  if (args[2] === "download") writeWheel(args[args.indexOf("--dest") + 1] ?? "", CPU_WHEEL, TENSORFLOW_FILES);
}

function run(machine: Machine, packageFolder: string, more: Partial<NativeOptions> = {}) {
  const verify = async () => "It runs.";
  return setUpNative({ machine, packageFolder, log: () => undefined, verify, ...more });
}

function countOf(machine: FakeMachine, text: string): number {
  return machine.commands.filter((line) => line.includes(text)).length;
}

describe("setUpNative", () => {
  it("downloads, compiles, places and verifies; the second time there is nothing to do", async () => {
    const packageFolder = fakePackage();
    const machine = fakeMachine({ python3: download, "g++": compile });
    const step = await run(machine, packageFolder);
    expect(step).toMatchObject({ id: "native-backend", status: "done", supply: null });
    expect(step.what).toContain("It runs.");
    const { binding, libraries } = nativeLocation(packageFolder);
    expect(readFileSync(binding, "utf8")).toBe("binding");
    expect(existsSync(join(libraries, "libtensorflow_cc.so.2"))).toBe(true);
    expect((await run(machine, packageFolder)).status).toBe("ready");
    expect(countOf(machine, "-o ")).toBe(1);
  });

  it("serves another copy of Fieldmark from the cache, without pip or compiler", async () => {
    const first = fakeMachine({ python3: download, "g++": compile });
    await run(first, fakePackage());
    const bare = fakeMachine({}, { env: first.env });
    expect((await run(bare, fakePackage())).status).toBe("done");
    expect(bare.commands).toEqual([]);
  });

  it("starts anew when the cache was emptied", async () => {
    const packageFolder = fakePackage();
    const machine = fakeMachine({ python3: download, "g++": compile });
    await run(machine, packageFolder);
    rmSync(cacheFolder(machine), { recursive: true });
    expect((await run(machine, packageFolder)).status).toBe("done");
    expect(countOf(machine, "download")).toBe(2);
  });

  it("without a compiler, says so beside the binding's place before any download", async () => {
    const packageFolder = fakePackage();
    const machine = fakeMachine({ python3: download });
    const step = await run(machine, packageFolder, { retry: false });
    expect(step.status).toBe("failed");
    expect(step.what).toContain("No C++ compiler (g++)");
    expect(step.supply).toContain("apt install g++");
    expect(readNativeRecord(nativeLocation(packageFolder))).toMatchObject({
      ready: false,
      reason: step.what,
    });

    expect(machine.commands).toEqual([]);
    const mended = fakeMachine({ python3: download, "g++": compile }, { env: machine.env });
    expect((await run(mended, packageFolder, { retry: false })).status).toBe("done");
  });

  it("does not try again what failed in the same circumstances, unless it is asked to", async () => {
    const packageFolder = fakePackage();
    const offline = (args: readonly string[]) =>
      args[2] === "download" ? { code: 1, stderr: "ERROR: no network" } : undefined;
    const machine = fakeMachine({ python3: offline, "g++": compile });
    const step = await run(machine, packageFolder, { retry: false });
    expect(step.what).toContain("no network");
    expect(await run(machine, packageFolder, { retry: false })).toEqual(step);
    expect(countOf(machine, "download")).toBe(1);
    await run(machine, packageFolder);
    expect(countOf(machine, "download")).toBe(2);
  });

  it("passes on what the compiler complains about", async () => {
    const refuse = () => ({
      code: 1,
      stderr: "note: x\nfatal error: node_api.h: No such file\ncompilation terminated.",
    });
    const step = await run(fakeMachine({ python3: download, "g++": refuse }), fakePackage());
    expect(step.what).toContain("fatal error: node_api.h: No such file");
  });

  it("takes a binding that does not load away again", async () => {
    const packageFolder = fakePackage();
    const machine = fakeMachine({ python3: download, "g++": compile });
    const verify = async () => {
      throw new Error("stopped by SIGILL");
    };
    const step = await run(machine, packageFolder, { verify });
    expect(step.status).toBe("failed");
    expect(step.what).toContain("stopped by SIGILL");
    expect(existsSync(nativeLocation(packageFolder).binding)).toBe(false);
  });

  it("keeps what works when another library that was asked for does not", async () => {
    const packageFolder = fakePackage();
    const machine = fakeMachine({ python3: download, "g++": compile });
    await run(machine, packageFolder);
    const other = temporaryFolder();
    writeFiles(other, { ...TENSORFLOW_FILES, "tensorflow/libtensorflow_cc.so.2": "for another processor" });
    let tries = 0;
    const verify = async () => {
      tries += 1;
      if (tries === 1) throw new Error("no such instruction");
      return "It runs.";
    };
    expect((await run(machine, packageFolder, { from: other, verify })).status).toBe("failed");
    expect((await run(machine, packageFolder)).status).toBe("ready");
    expect(existsSync(nativeLocation(packageFolder).binding)).toBe(true);
  });

  it("follows FIELDMARK_LIBTENSORFLOW when it is set later", async () => {
    const packageFolder = fakePackage();
    const machine = fakeMachine({ python3: download, "g++": compile });
    await run(machine, packageFolder);
    const given = temporaryFolder();
    writeFiles(given, TENSORFLOW_FILES);
    const env = { ...machine.env, FIELDMARK_LIBTENSORFLOW: given };
    const step = await run(fakeMachine({ "g++": compile }, { env }), packageFolder);
    expect(step.what).toContain(given);
  });
});

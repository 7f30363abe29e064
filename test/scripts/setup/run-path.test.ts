import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findCompiler } from "../../../scripts/setup/compile.ts";
import { thisMachine } from "../../../scripts/setup/machine.ts";
import { setUpNative } from "../../../scripts/setup/native.ts";
import { nativeLocation } from "../../../src/engine/backends/native-location.ts";
import { temporaryFolder, writeFiles, writeWheel } from "./fixtures.ts";

const machine = thisMachine();
const compiler = findCompiler(machine);
const canBuild = process.platform === "linux" && process.arch === "x64" && compiler !== null;

// Like the real ones: cc names framework; framework, which has no run path of its own, opens CUDA's library later.
const CUDA = 'extern "C" int cuda_answer() { return 42; }';
const FRAMEWORK = `#include <dlfcn.h>
extern "C" int framework_answer() {
  void* cuda = dlopen("libcudart.so.12", RTLD_NOW);
  return cuda ? ((int (*)())dlsym(cuda, "cuda_answer"))() : -1;
}`;
const CC = 'extern "C" int framework_answer(); extern "C" int tf_answer() { return framework_answer(); }';
const BINDING = `#include <node_api.h>
#include "tensorflow/c/c_api.h"
static napi_value start(napi_env env, napi_value exports) {
  napi_value answer;
  napi_create_int32(env, tf_answer(), &answer);
  napi_set_named_property(env, exports, "answer", answer);
  return exports;
}
NAPI_MODULE(binding, start)`;

function buildLibrary(folder: string, name: string, source: string, more: readonly string[] = []): string {
  writeFiles(folder, { [`${name}.cc`]: source });
  const target = join(folder, name);
  const args = ["-fPIC", "-shared", join(folder, `${name}.cc`), `-Wl,-soname,${name}`, "-o", target, ...more];
  const { status, stderr } = spawnSync(compiler ?? "", args, { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return target;
}

describe.skipIf(!canBuild)("a CUDA layout (skipped off Linux x64 and without a C++ compiler)", () => {
  it("is found by a compiled binding without any environment variable", { timeout: 60_000 }, async () => {
    const build = temporaryFolder();
    const wheels = temporaryFolder();
    const packageFolder = join(temporaryFolder(), "package");
    const cuda = buildLibrary(build, "libcudart.so.12", CUDA);
    const framework = buildLibrary(build, "libtensorflow_framework.so.2", FRAMEWORK, ["-ldl"]);
    const cc = buildLibrary(build, "libtensorflow_cc.so.2", CC, [framework, "-Wl,-rpath,$ORIGIN/"]);
    const binary = (path: string) => readFileSync(path, "latin1");
    writeWheel(
      wheels,
      "tensorflow-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl",
      {
        "tensorflow/libtensorflow_cc.so.2": binary(cc),
        "tensorflow/libtensorflow_framework.so.2": binary(framework),
        "tensorflow/include/tensorflow/c/c_api.h": 'extern "C" int tf_answer();',
      },
      { metadata: 'Requires-Dist: nvidia-cuda-runtime-cu12>=12.5; extra == "and-cuda"', encoding: "latin1" },
    );
    writeWheel(
      wheels,
      "nvidia_cuda_runtime_cu12-12.9.79-py3-none-manylinux2014_x86_64.whl",
      { "nvidia/cuda_runtime/lib/libcudart.so.12": binary(cuda) },
      { encoding: "latin1" },
    );
    mkdirSync(packageFolder);
    writeFiles(packageFolder, { "binding/tfjs_backend.cc": "", "binding/tfjs_binding.cc": BINDING });

    const { binding } = nativeLocation(packageFolder);
    const env = { PATH: process.env.PATH, FIELDMARK_CACHE: temporaryFolder() };
    const verify = async () => {
      const script = `process.stdout.write(String(require(${JSON.stringify(binding)}).answer))`;
      const child = spawnSync(process.execPath, ["-e", script], { encoding: "utf8", env: {} });
      if (child.status !== 0) throw new Error(child.stderr);
      return `The answer is ${child.stdout}.`;
    };
    const options = { machine: { ...machine, env }, packageFolder, verify, log: () => undefined };
    const step = await setUpNative({ ...options, cuda: true, from: wheels });
    expect(step).toMatchObject({ status: "done", what: expect.stringContaining("The answer is 42.") });
  });
});

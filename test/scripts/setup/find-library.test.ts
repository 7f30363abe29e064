import { existsSync, readdirSync, readFileSync, realpathSync, rmSync, truncateSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { findLibrary, TENSORFLOW_VERSION } from "../../../scripts/setup/find-library.ts";
import { cacheFolder, type Machine } from "../../../scripts/setup/machine.ts";
import { fakeMachine, TENSORFLOW_FILES, temporaryFolder, writeFiles, writeWheel } from "./fixtures.ts";

const CPU_WHEEL = `tensorflow_cpu-${TENSORFLOW_VERSION}-cp311-cp311-manylinux_2_27_x86_64.whl`;
const GPU_WHEEL = `tensorflow-${TENSORFLOW_VERSION}-cp311-cp311-manylinux_2_27_x86_64.whl`;
const METADATA = [
  'Requires-Dist: nvidia-cuda-runtime-cu12<13.0,>=12.5.82; extra == "and-cuda"',
  'Requires-Dist: nvidia-cudnn-cu12<10.0,>=9.3.0.75; extra == "and-cuda"',
].join("\n");

function writeCudaWheels(folder: string): void {
  writeWheel(folder, GPU_WHEEL, TENSORFLOW_FILES, { metadata: METADATA });
  writeWheel(folder, "nvidia_cuda_runtime_cu12-12.9.79-py3-none-manylinux2014_x86_64.whl", {
    "nvidia/cuda_runtime/lib/libcudart.so.12": "runtime",
    "nvidia/cuda_runtime/include/cuda.h": "// header",
  });
  writeWheel(folder, "nvidia_cudnn_cu12-9.3.0.75-py3-none-manylinux2014_x86_64.whl", {
    "nvidia/cudnn/lib/libcudnn.so.9": "networks",
    "nvidia/cudnn/lib/libcudnn_ops.so.9": "operations",
  });
}

/** A machine whose pip "downloads" by calling `fetch` with the folder and the requirements. */
function machineWithPip(
  fetch: (folder: string, requirements: string[]) => void,
  more: Partial<Machine> = {},
) {
  return fakeMachine(
    {
      python3: (args) => {
        const at = args.indexOf("--dest");
        if (args[2] === "download") fetch(args[at + 1] ?? "", args.slice(at + 2));
        return undefined;
      },
    },
    more,
  );
}

function find(machine: Machine, options: { cuda?: boolean; from?: string | null } = {}) {
  return findLibrary({
    machine,
    log: () => undefined,
    cuda: false,
    from: null,
    packageFolder: temporaryFolder(),
    ...options,
  });
}

describe("findLibrary", () => {
  it("downloads the wheel with pip once, keeps only what is needed, and then finds it in the cache", async () => {
    const machine = machineWithPip((folder) => writeWheel(folder, CPU_WHEEL, TENSORFLOW_FILES));
    const library = await find(machine);
    expect(library.files).toEqual(["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"]);
    expect(readFileSync(join(library.folder, library.files[0]), "utf8")).toBe(
      TENSORFLOW_FILES["tensorflow/libtensorflow_cc.so.2"],
    );
    expect(existsSync(join(library.include, "tensorflow/c/c_api.h"))).toBe(true);
    expect(existsSync(join(library.include, "tsl/platform/ctstring.h"))).toBe(true);
    expect(existsSync(join(library.include, "tensorflow/core/ops.h"))).toBe(false);
    expect(readdirSync(join(cacheFolder(machine), "libtensorflow"))).toEqual([`cpu-${TENSORFLOW_VERSION}`]);
    expect(machine.commands.filter((line) => line.includes("download"))).toHaveLength(1);
    expect(machine.commands.find((line) => line.includes("download"))).toContain(
      `tensorflow-cpu==${TENSORFLOW_VERSION}`,
    );

    await find(machine);
    expect(machine.commands.filter((line) => line.includes("download"))).toHaveLength(1);
  });

  it("unpacks anew what an interrupted copy left short", async () => {
    const machine = machineWithPip((folder) => writeWheel(folder, CPU_WHEEL, TENSORFLOW_FILES));
    const library = await find(machine);
    truncateSync(join(library.folder, library.files[0]), 10);
    await find(machine);
    expect(machine.commands.filter((line) => line.includes("download"))).toHaveLength(2);
    expect(readFileSync(join(library.folder, library.files[0]), "utf8")).toHaveLength(508);
  });

  it.each([
    ["a wheel's", TENSORFLOW_FILES, "tensorflow"],
    ["site-packages'", TENSORFLOW_FILES, ""],
    [
      "the C archive's",
      {
        "lib/libtensorflow.so.2": "c",
        "lib/libtensorflow_framework.so.2": "f",
        "include/tensorflow/c/c_api.h": "h",
      },
      "",
    ],
  ])("uses a folder with %s layout in place", async (_name, files, inner) => {
    const folder = temporaryFolder();
    writeFiles(folder, files);
    const machine = fakeMachine({}, { env: { FIELDMARK_LIBTENSORFLOW: join(folder, inner) } });
    const library = await find(machine);
    expect(library.folder.startsWith(folder)).toBe(true);
    expect(existsSync(join(library.folder, library.files[0]))).toBe(true);
    const fromHere = await find(machine, { from: relative(process.cwd(), folder) });
    expect(fromHere.folder).toBe(library.folder);
  });

  it("takes a wheel from a folder, without pip", async () => {
    const folder = temporaryFolder();
    writeWheel(folder, CPU_WHEEL, TENSORFLOW_FILES);
    const machine = fakeMachine({});
    expect((await find(machine, { from: folder })).origin).toContain(CPU_WHEEL);
    expect((await find(machine, { from: join(folder, CPU_WHEEL) })).origin).toContain(CPU_WHEEL);
    expect(machine.commands).toEqual([]);
  });

  it("says what is missing and how to supply it", async () => {
    await expect(find(fakeMachine({}))).rejects.toMatchObject({
      message: expect.stringContaining("pip"),
      supply: expect.stringContaining(`tensorflow-cpu ${TENSORFLOW_VERSION}`),
    });
    const offline = fakeMachine({
      python3: (args) =>
        args[2] === "download" ? { code: 1, stderr: "ERROR: No matching distribution found" } : undefined,
    });
    await expect(find(offline)).rejects.toThrow("No matching distribution found");
    await expect(find(fakeMachine({}, { platform: "darwin", arch: "arm64" }))).rejects.toThrow(
      "darwin arm64",
    );
    await expect(find(fakeMachine({}), { from: temporaryFolder() })).rejects.toThrow(
      "holds no libtensorflow",
    );
    await expect(find(fakeMachine({}), { from: "/no/such/folder" })).rejects.toThrow(
      "/no/such/folder does not exist",
    );
  });

  it("leaves nothing half-made behind when a wheel is damaged", async () => {
    const machine = machineWithPip((folder) =>
      writeWheel(folder, CPU_WHEEL, TENSORFLOW_FILES, { spoil: "tensorflow/libtensorflow_framework.so.2" }),
    );
    await expect(find(machine)).rejects.toThrow("wrong checksum");
    expect(readdirSync(join(cacheFolder(machine), "libtensorflow"))).toEqual([]);
  });
});

describe("findLibrary for CUDA", () => {
  it("lays out libtensorflow with the NVIDIA libraries that its metadata names beside it", async () => {
    const machine = machineWithPip((folder, requirements) => {
      if (requirements[0]?.startsWith("tensorflow=="))
        writeWheel(folder, GPU_WHEEL, TENSORFLOW_FILES, { metadata: METADATA });
      else writeCudaWheels(folder);
    });
    const library = await find(machine, { cuda: true });
    const downloads = machine.commands.filter((line) => line.includes("download"));
    expect(downloads[1]).toContain(
      "nvidia-cuda-runtime-cu12<13.0,>=12.5.82 nvidia-cudnn-cu12<10.0,>=9.3.0.75",
    );
    for (const [name, real] of [
      ["libcudart.so.12", "nvidia/cuda_runtime/lib/libcudart.so.12"],
      ["libcudnn.so.9", "nvidia/cudnn/lib/libcudnn.so.9"],
      ["libcudnn_ops.so.9", "nvidia/cudnn/lib/libcudnn_ops.so.9"],
    ] as const) {
      expect(realpathSync(join(library.folder, name))).toBe(realpathSync(join(library.folder, "..", real)));
    }
    expect(existsSync(join(library.folder, "../nvidia/cuda_runtime/include"))).toBe(false);
  });

  it("is chosen from the cache by itself where an NVIDIA driver is loaded, and only there", async () => {
    const folder = temporaryFolder();
    writeCudaWheels(folder);
    writeWheel(folder, CPU_WHEEL, TENSORFLOW_FILES);
    const machine = fakeMachine({});
    await find(machine, { cuda: true, from: folder });
    rmSync(join(folder, GPU_WHEEL));
    await find(machine, { from: folder });
    expect((await find({ ...machine, hasNvidiaDriver: () => true })).origin).toContain(GPU_WHEEL);
    expect((await find(machine)).origin).toContain(CPU_WHEEL);
  });

  it("names the NVIDIA wheels that a folder lacks", async () => {
    const folder = temporaryFolder();
    writeWheel(folder, GPU_WHEEL, TENSORFLOW_FILES, { metadata: METADATA });
    await expect(find(fakeMachine({}), { cuda: true, from: folder })).rejects.toThrow(
      "lacks the wheels nvidia-cuda-runtime-cu12, nvidia-cudnn-cu12",
    );
  });
});

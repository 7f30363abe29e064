import { describe, expect, it } from "vitest";
import type { Machine } from "../../../scripts/setup/machine.ts";
import { setUpRenderer, sourceHash } from "../../../scripts/setup/renderer.ts";
import { fakeMachine, temporaryFolder, writeFiles } from "./fixtures.ts";

describe("setUpRenderer", () => {
  function machineBuilding(root: string, code = 0) {
    const machine = fakeMachine({});
    const run: Machine["run"] = async (program, args) => {
      machine.commands.push([program, ...args].join(" "));
      if (code === 0) writeFiles(root, { "out/renderer/index.html": "<html>" });
      return { code, stdout: "", stderr: code === 0 ? "" : "Error: x.tsx does not parse", timedOut: false };
    };
    return { ...machine, run };
  }

  it("builds when something that the build reads has changed, and only then", async () => {
    const root = temporaryFolder();
    const machine = machineBuilding(root);
    const build = () => setUpRenderer(machine, root, () => undefined);
    expect((await build()).status).toBe("skipped");
    writeFiles(root, { "electron.vite.config.ts": "export default {}", "src/renderer/a.tsx": "1" });
    expect((await build()).status).toBe("done");
    expect((await build()).status).toBe("ready");
    writeFiles(root, { "src/renderer/a.tsx": "2" });
    expect((await build()).status).toBe("done");
    writeFiles(root, { "test/a.test.ts": "3", "README.md": "4" });
    expect((await build()).status).toBe("ready");
    expect(machine.commands).toHaveLength(2);
  });

  it("says what failed, and tries again next time", async () => {
    const root = temporaryFolder();
    writeFiles(root, { "electron.vite.config.ts": "export default {}" });
    const step = await setUpRenderer(machineBuilding(root, 1), root, () => undefined);
    expect(step).toMatchObject({ status: "failed", what: expect.stringContaining("x.tsx does not parse") });
    expect((await setUpRenderer(machineBuilding(root), root, () => undefined)).status).toBe("done");
  });

  it("builds anew after a build that failed, even where the sources are as they were before it", async () => {
    const root = temporaryFolder();
    writeFiles(root, { "electron.vite.config.ts": "export default {}", "src/a.ts": "1" });
    const build = (code: number) => setUpRenderer(machineBuilding(root, code), root, () => undefined);
    expect((await build(0)).status).toBe("done");
    writeFiles(root, { "src/a.ts": "2" });
    expect((await build(1)).status).toBe("failed");
    writeFiles(root, { "src/a.ts": "1" });
    expect((await build(0)).status).toBe("done");
  });

  it("tells a moved file from an unmoved one", () => {
    const a = temporaryFolder();
    const b = temporaryFolder();
    writeFiles(a, { "src/a.ts": "1", "src/b.ts": "2" });
    writeFiles(b, { "src/a.ts": "12", "src/b.ts": "" });
    expect(sourceHash(a)).not.toBe(sourceHash(b));
  });
});

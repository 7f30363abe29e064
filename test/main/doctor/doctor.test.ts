import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { diagnose, findBrowser, findElectron, renderDoctor } from "../../../src/main/doctor/index.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "fieldmark-doctor-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function program(path: string, content = "#!/bin/sh\n"): string {
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, content);
  chmodSync(path, 0o755);
  return path;
}

describe("diagnose", () => {
  it("tells the backend, what it found, and what has never been run", async () => {
    const doctor = await diagnose({ folder });
    expect(["tensorflow-cpu", "tensorflow-cuda", "wasm"]).toContain(doctor.backend.id);
    expect(doctor.backend.reason).toMatch(/\.$/);
    expect(doctor.node.version).toBe(process.versions.node);
    expect(doctor.neverRun).toEqual(["Electron host", "CUDA"]);
    expect(doctor.disk.path).toBe(folder);
    expect(doctor.disk.freeBytes).toBeGreaterThan(0);
    expect(doctor.disk.freeBytes).toBeLessThanOrEqual(doctor.disk.totalBytes);
    if (doctor.backend.improve) expect(doctor.improvements).toContain(doctor.backend.improve);
    expect(JSON.parse(JSON.stringify(doctor))).toEqual(doctor);
    const text = renderDoctor(doctor);
    for (const part of [String(doctor.backend.id), doctor.backend.reason, "Electron host, CUDA"])
      expect(text).toContain(part);
  });

  it("stays up when no backend starts, and says so", async () => {
    const entry = program(join(folder, "dies.mjs"), 'console.error("no engine"); process.exit(3);');
    const doctor = await diagnose({ folder, env: {}, probe: { entry } });
    expect(doctor.backend.id).toBeNull();
    expect(doctor.backend.reason).toContain("ended with code 3 (no engine)");
    expect(doctor.browser).toEqual({ path: null, version: null });
    expect(doctor.improvements.join()).toContain("Chromium");
  });
});

describe("findBrowser", () => {
  it.skipIf(process.platform !== "linux")("prefers the one named, then PATH (no Linux)", () => {
    const named = program(join(folder, "named", "my-browser"));
    const bin = join(folder, "bin");
    const chrome = program(join(bin, "google-chrome"));
    expect(findBrowser({ FIELDMARK_CHROMIUM: named, PATH: bin })).toBe(named);
    expect(findBrowser({ FIELDMARK_CHROMIUM: join(folder, "absent"), PATH: bin })).toBeNull();
    expect(findBrowser({ PATH: bin })).toBe(chrome);
    expect(findBrowser({ PATH: join(bin, "chromium") })).toBeNull();
  });
});

describe("findElectron", () => {
  it.skipIf(process.platform !== "linux")(
    "finds the binary in the package or where it is said to be (no Linux)",
    () => {
      const pack = join(folder, "electron");
      mkdirSync(pack);
      writeFileSync(join(pack, "package.json"), '{"version":"45.0.1"}');
      expect(findElectron({}, pack)).toEqual({ version: "45.0.1", binary: null });
      const own = program(join(pack, "dist", "electron"));
      expect(findElectron({}, pack)).toEqual({ version: "45.0.1", binary: own });
      const other = program(join(folder, "elsewhere", "electron"));
      expect(findElectron({ ELECTRON_OVERRIDE_DIST_PATH: join(folder, "elsewhere") }, pack).binary).toBe(
        other,
      );
      expect(findElectron({ ELECTRON_OVERRIDE_DIST_PATH: "" }, pack).binary).toBe(own);
      expect(findElectron({}, null)).toEqual({ version: null, binary: null });
    },
  );
});

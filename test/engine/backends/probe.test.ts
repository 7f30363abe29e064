import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { probeBackend } from "../../../src/engine/backends/index.ts";
import { hasNativeBinding } from "../../../src/engine/backends/tensorflow.ts";

const loader = fileURLToPath(new URL("../../../src/engine/backends/index.ts", import.meta.url));

describe("probeBackend", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "fieldmark-probe-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** A stand-in for the probe's child; `wasm` answers as the real one would. */
  function entry(name: string, whenNative: string): string {
    const path = join(folder, name);
    const facts = {
      id: "wasm",
      reason: "asked",
      improve: null,
      version: "4",
      tfjsVersion: "4",
      trainsConvolutions: false,
    };
    writeFileSync(
      path,
      `if (process.argv[2] === "wasm") process.send(${JSON.stringify({ ok: true, facts })}, () => process.disconnect());
       else { ${whenNative} }`,
    );
    return path;
  }

  it("finds the backend that the set-up left", async () => {
    const facts = await probeBackend();
    expect(facts.id).toMatch(hasNativeBinding() ? /^tensorflow-/ : /^wasm$/);
    expect(facts.reason).not.toBe("");
  });

  it("answers WASM, with the signal, when the native library crashes", async () => {
    const facts = await probeBackend({ entry: entry("crash.mjs", 'process.kill(process.pid, "SIGILL");') });
    expect(facts.id).toBe("wasm");
    expect(facts.reason).toContain("SIGILL");
    expect(facts.improve).toContain("npm run setup");
  });

  it("answers WASM when the native library hangs", async () => {
    const facts = await probeBackend({
      entry: entry("hang.mjs", "setInterval(() => 0, 1000);"),
      timeout: 500,
    });
    expect(facts.id).toBe("wasm");
    expect(facts.reason).toContain("SIGKILL");
  });

  it("does not believe an answer of another shape", async () => {
    const facts = await probeBackend({
      entry: entry("odd.mjs", 'process.send({ ok: true, facts: { id: "abacus" } });'),
    });
    expect(facts.id).toBe("wasm");
    expect(facts.reason).toContain("not understood");
  });

  it("throws backend-unavailable with the reason where one backend was asked for", async () => {
    const crash = entry("refuse.mjs", 'process.send({ ok: false, message: "no such library" });');
    await expect(probeBackend({ entry: crash, prefer: "tensorflow" })).rejects.toMatchObject({
      code: "backend-unavailable",
      message: expect.stringContaining("no such library"),
    });
  });

  it.each(["auto", "wasm"])("prints nothing on stdout while it loads and computes (%s)", (prefer) => {
    const script = join(folder, `quiet-${prefer}.ts`);
    writeFileSync(
      script,
      `import { loadBackend } from ${JSON.stringify(loader)};
       const { tf } = await loadBackend({ prefer: ${JSON.stringify(prefer)} });
       tf.tidy(() => tf.matMul(tf.ones([64, 64]), tf.ones([64, 64])).dataSync());`,
    );
    const { stdout, stderr, status } = spawnSync(process.execPath, [script], { encoding: "utf8" });
    expect({ stdout, status }).toEqual({ stdout: "", status: 0 });
    expect(stderr).not.toContain("Hi, looks like you are running");
  });
});

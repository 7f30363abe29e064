import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { engineEnvironment } from "../../../src/engine/backends/allocator.ts";

describe("the engine's environment", () => {
  it("sets the allocator of Linux, and nothing elsewhere", () => {
    expect(engineEnvironment({ HOME: "/home/a" }, "linux")).toMatchObject({
      HOME: "/home/a",
      GLIBC_TUNABLES: expect.stringContaining("glibc.malloc.hugetlb=1"),
    });
    expect(engineEnvironment({ HOME: "/home/a" }, "win32")).toEqual({ HOME: "/home/a" });
  });

  it("leaves what the user has set", () => {
    const own = { GLIBC_TUNABLES: "glibc.malloc.check=3" };
    expect(engineEnvironment(own, "linux")).toEqual(own);
  });

  it.skipIf(process.platform !== "linux")("lets a process start and allocate", () => {
    const script =
      "let n = 0; for (let i = 0; i < 50; i++) n += new Uint8Array(1 << 24).fill(1)[i]; console.log(n)";
    const printed = execFileSync(process.execPath, ["-e", script], { env: engineEnvironment(process.env) });
    expect(printed.toString().trim()).toBe("50");
  });
});

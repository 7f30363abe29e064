import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "fieldmark-unit-"));
symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "dir");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("runUnitTests", () => {
  it("counts passes, failures, skips with their reasons, and files that do not load", () => {
    writeFileSync(
      join(folder, "a.test.mjs"),
      `import { describe, expect, it } from "vitest";
       it("passes", () => {});
       it("fails", () => expect(1).toBe(2));
       it("gives a note", (context) => context.skip("no such tool"));
       describe.skip("real scenes (shared data not present)", () => it("reads", () => {}));
       it.todo("comes later");`,
    );
    writeFileSync(join(folder, "b.test.mjs"), 'import "./missing.mjs";');
    const runner = join(root, "scripts/testing/unit.ts");
    const script = join(folder, "run.ts");
    writeFileSync(
      script,
      `import { runUnitTests } from ${JSON.stringify(runner)};
       process.on("exit", () => console.log("\\nEND" + JSON.stringify({ outcomes, code: process.exitCode })));
       const outcomes = await runUnitTests(${JSON.stringify(folder)}, []);`,
    );
    const { stdout, stderr } = spawnSync(process.execPath, [script], { encoding: "utf8", cwd: folder });
    const answer: unknown = JSON.parse(stdout.split("\nEND")[1] ?? JSON.stringify(stderr));
    expect(answer).toEqual({
      code: 0,
      outcomes: expect.arrayContaining([
        {
          passed: 1,
          failed: ["a.test.mjs > fails"],
          skipped: [
            { name: "a.test.mjs > gives a note", reason: "no such tool" },
            {
              name: "a.test.mjs > real scenes (shared data not present) > reads",
              reason: "shared data not present",
            },
            { name: "a.test.mjs > comes later", reason: "no reason given" },
          ],
        },
        { passed: 0, failed: ["b.test.mjs"], skipped: [] },
      ]),
    });
  });
});

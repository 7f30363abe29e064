import { describe, expect, it } from "vitest";
import { add, exitCode, NOTHING, renderOutcome } from "../../../scripts/testing/outcome.ts";
import { readPlaywrightReport } from "../../../scripts/testing/playwright-report.ts";

const lastLine = (text: string) => text.split("\n").at(-1);

describe("the outcome of the test command", () => {
  it("ends with the plain line", () => {
    const outcome = add(
      { passed: 3, failed: ["a.test.ts > adds"], skipped: [] },
      { passed: 2, failed: [], skipped: [{ name: "b.test.ts > reads", reason: "shared data not present" }] },
    );
    const text = renderOutcome(outcome);
    expect(lastLine(text)).toBe("5 passed, 1 failed, 1 skipped");
    expect(text).toContain("shared data not present:\n    b.test.ts > reads");
    expect(text).toContain("Failed:\n  a.test.ts > adds");
    expect(exitCode(outcome)).toBe(1);
  });

  it("is a failure when nothing ran", () => {
    expect(exitCode(NOTHING)).toBe(1);
    expect(lastLine(renderOutcome(NOTHING))).toBe("0 passed, 0 failed, 0 skipped");
    expect(exitCode({ ...NOTHING, passed: 1 })).toBe(0);
  });
});

describe("readPlaywrightReport", () => {
  const report = JSON.stringify({
    suites: [
      {
        title: "loop.spec.ts",
        specs: [],
        suites: [
          {
            title: "the loop",
            specs: [
              { title: "labels", file: "loop.spec.ts", tests: [{ status: "expected", annotations: [] }] },
              { title: "trains", file: "loop.spec.ts", tests: [{ status: "unexpected", annotations: [] }] },
              { title: "wobbles", file: "loop.spec.ts", tests: [{ status: "flaky", annotations: [] }] },
              {
                title: "opens the window",
                file: "electron.spec.ts",
                tests: [
                  { status: "skipped", annotations: [{ type: "skip", description: "no Electron binary" }] },
                ],
              },
            ],
          },
        ],
      },
    ],
    errors: [],
  });

  it("counts each test once", () => {
    expect(readPlaywrightReport(report)).toEqual({
      passed: 2,
      failed: ["loop.spec.ts > trains"],
      skipped: [{ name: "electron.spec.ts > opens the window", reason: "no Electron binary" }],
    });
  });

  it("counts all as skipped in a listing", () => {
    const outcome = readPlaywrightReport(report, "no browser");
    expect([outcome.passed, outcome.failed.length, outcome.skipped.length]).toEqual([0, 0, 4]);
  });

  it("counts an error outside of any test as a failure", () => {
    expect(
      readPlaywrightReport('{"suites":[],"errors":[{"message":"config is broken\\nat x"}]}').failed,
    ).toEqual(["config is broken"]);
  });
});

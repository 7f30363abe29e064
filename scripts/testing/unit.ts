import { relative } from "node:path";
import { startVitest, type TestModule } from "vitest/node";
import type { Outcome } from "./outcome.ts";

/** A reason in a name's last brackets: `reads the scenes (shared data not present)`. */
function reasonIn(name: string): string | null {
  return /\(([^()]*(?:not|no |missing|without)[^()]*)\)\s*$/i.exec(name)?.[1] ?? null;
}

function outcomeOf(module: TestModule, root: string): Outcome {
  const file = relative(root, module.moduleId);
  const failed: string[] = [];
  const skipped: { name: string; reason: string }[] = [];
  let passed = 0;
  for (const test of module.children.allTests()) {
    const result = test.result();
    const name = `${file} > ${test.fullName}`;
    if (result.state === "passed") passed += 1;
    else if (result.state === "skipped") {
      const suites = test.fullName.split(" > ");
      const reason = result.note ?? suites.map(reasonIn).find((each) => each !== null) ?? "no reason given";
      skipped.push({ name, reason });
    } else failed.push(name);
  }
  // A file that can't be imported, or whose hooks throw, has errors of its own and maybe no tests.
  const suites = [...module.children.allSuites()].filter((suite) => suite.errors().length > 0);
  for (const suite of suites) failed.push(`${file} > ${suite.fullName}`);
  if (module.errors().length > 0) failed.push(file);
  return { passed, failed, skipped };
}

/** Runs the unit tests in this process's vitest. */
export async function runUnitTests(root: string, filters: readonly string[]): Promise<Outcome[]> {
  const vitest = await startVitest("test", [...filters], {
    root,
    watch: false,
    run: true,
    passWithNoTests: true,
  });
  const outcomes = vitest.state.getTestModules().map((module) => outcomeOf(module, root));
  const unhandled = vitest.state.getUnhandledErrors();
  if (unhandled.length > 0) {
    outcomes.push({ passed: 0, failed: [`${unhandled.length} errors outside of any test`], skipped: [] });
  }
  await vitest.close();
  // vitest leaves its own verdict there; the outcome of both kinds of tests decides.
  process.exitCode = 0;
  return outcomes;
}

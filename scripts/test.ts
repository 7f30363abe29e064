// npm test [-- --only unit|e2e] [-- FILTER…]: sets up what the tests need, runs them, ends with "N passed, N failed, N skipped".
import { parseArgs } from "node:util";
import { findBrowser } from "../src/main/doctor/index.ts";
import { thisMachine } from "./setup/machine.ts";
import { ROOT, setUp } from "./setup/set-up.ts";
import { renderStep, type StepResult } from "./setup/step.ts";
import { runEndToEndTests } from "./testing/end-to-end.ts";
import { add, exitCode, NOTHING, type Outcome, renderOutcome } from "./testing/outcome.ts";
import { runUnitTests } from "./testing/unit.ts";

const { values, positionals } = parseArgs({ options: { only: { type: "string" } }, allowPositionals: true });
if (values.only !== undefined && values.only !== "unit" && values.only !== "e2e") {
  console.error(`--only takes unit or e2e, not ${values.only}.`);
  process.exit(2);
}

const machine = thisMachine();
const isStrict = machine.env.CI === "true";

/** What a strict run can't do without; elsewhere its tests are skipped and the rest runs. */
function isNeeded(step: StepResult): boolean {
  return step.id === "native-backend" || step.id === "browser" || step.id === "renderer";
}

const steps = await setUp({ machine, log: (line) => console.log(line), purpose: "tests" });
for (const step of steps) console.log(renderStep(step));

let outcome: Outcome = NOTHING;
for (const step of steps) {
  if (step.status !== "failed" || !isNeeded(step)) continue;
  if (isStrict || step.id === "renderer") {
    outcome = add(outcome, { passed: 0, failed: [`set-up of ${step.id}: ${step.what}`], skipped: [] });
  }
}
if (values.only !== "e2e") {
  for (const each of await runUnitTests(ROOT, positionals)) outcome = add(outcome, each);
}
if (values.only !== "unit") {
  outcome = add(outcome, await runEndToEndTests(ROOT, findBrowser(machine.env), positionals));
}
console.log(renderOutcome(outcome));
process.exitCode = exitCode(outcome);

/** What a run of tests came to. */
export interface Outcome {
  readonly passed: number;
  /** The failed ones' names. */
  readonly failed: readonly string[];
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
}

export const NOTHING: Outcome = { passed: 0, failed: [], skipped: [] };

export function add(a: Outcome, b: Outcome): Outcome {
  return {
    passed: a.passed + b.passed,
    failed: [...a.failed, ...b.failed],
    skipped: [...a.skipped, ...b.skipped],
  };
}

/** Zero only where something ran and nothing failed. */
export function exitCode(outcome: Outcome): number {
  return outcome.failed.length === 0 && outcome.passed > 0 ? 0 : 1;
}

/** The end of the test command's output. Its last line is read by machines: keep its form. */
export function renderOutcome(outcome: Outcome): string {
  const lines: string[] = [];
  if (outcome.skipped.length > 0) lines.push("", "Skipped:");
  const reasons = new Map<string, string[]>();
  for (const { name, reason } of outcome.skipped) reasons.set(reason, [...(reasons.get(reason) ?? []), name]);
  for (const [reason, names] of reasons) lines.push(`  ${reason}:`, ...names.map((name) => `    ${name}`));
  if (outcome.failed.length > 0) lines.push("", "Failed:", ...outcome.failed.map((name) => `  ${name}`));
  if (outcome.passed === 0) lines.push("", "No test passed, which counts as a failure.");
  const { passed, failed, skipped } = outcome;
  return [...lines, "", `${passed} passed, ${failed.length} failed, ${skipped.length} skipped`].join("\n");
}

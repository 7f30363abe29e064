/** What became of one step of the set-up. */
export interface StepResult {
  readonly id: "system-packages" | "native-backend" | "browser" | "electron" | "renderer";
  /** `ready`: nothing to do. `done`: made now. `skipped`: not for this machine. `failed`: missing; the app falls back. */
  readonly status: "ready" | "done" | "skipped" | "failed";
  /** What is there, or what is missing and why: a sentence for the user. */
  readonly what: string;
  /** How to supply it by hand, on machines without a network too; null where nothing is missing. */
  readonly supply: string | null;
}

/** One line a step, for people. */
export function renderStep(step: StepResult): string {
  const line = `${step.status.padEnd(8)} ${step.id}: ${step.what}`;
  return step.supply === null ? line : `${line}\n         ${step.supply}`;
}

/** An ending that the set-up foresees: what is missing, and how to supply it by hand. */
export class MissingPart extends Error {
  readonly supply: string;

  constructor(what: string, supply: string, options?: { cause?: unknown }) {
    super(what, options);
    this.name = "MissingPart";
    this.supply = supply;
  }
}

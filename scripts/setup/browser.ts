import { findBrowser } from "../../src/main/doctor/find-browser.ts";
import type { Machine } from "./machine.ts";
import type { StepResult } from "./step.ts";

/** A browser for the end-to-end tests: found, never fetched. */
export function setUpBrowser(machine: Machine): StepResult {
  const browser = findBrowser(machine.env);
  if (browser) return { id: "browser", status: "ready", what: `${browser}.`, supply: null };
  const given = machine.env.FIELDMARK_CHROMIUM;
  return {
    id: "browser",
    status: "failed",
    what: given
      ? `FIELDMARK_CHROMIUM names ${given}, which is no program that can be run.`
      : "No Chromium or Chrome was found; the end-to-end tests need one.",
    supply: "Install one (Debian: apt install chromium), or name its program in FIELDMARK_CHROMIUM.",
  };
}

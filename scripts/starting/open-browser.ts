import { spawn } from "node:child_process";
import { findOpener } from "./opener.ts";

/** Opens a page in the machine's own browser, where it has a display; tells nothing if it can't. */
export function openBrowser(url: string): void {
  const opener = findOpener(process.platform, process.env);
  if (!opener) return;
  const child = spawn(opener.program, [...opener.args, url], { stdio: "ignore", detached: true });
  child.once("error", () => undefined);
  child.unref();
}

/** The one-time link that the serve host prints; null in any other line. */
export function linkIn(line: string): string | null {
  return /http:\/\/(?:127\.0\.0\.1|localhost):\d+\/\S*/.exec(line)?.[0] ?? null;
}

import type { Progress } from "../../shared/rpc/contract.ts";
import { createTimeLeft, describeSeconds } from "../time-left.ts";

/** Where the command line writes; tests give their own. */
export interface Terminal {
  readonly isInteractive: boolean;
  out(text: string): void;
  error(text: string): void;
}

export const PROCESS_TERMINAL: Terminal = {
  isInteractive: process.stderr.isTTY === true,
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
};

const REDRAW_MS = 100;
const LINE_MS = 5000;
/** Shortest time between two lines, for messages that change all the time. */
const NEWS_MS = 1000;

export interface ProgressLine {
  update(progress: Progress): void;
  /** Leaves the line blank, so that what follows begins on a clean one. */
  clear(): void;
}

/** Progress on stderr: one line redrawn on a terminal, else a line every few seconds and at each new phase. */
export function createProgressLine(terminal: Terminal, now: () => number = Date.now): ProgressLine {
  const timeLeft = createTimeLeft(now);
  let last = 0;
  let phase = "";
  let drawn = false;

  return {
    update({ done, total, message }) {
      const remaining = timeLeft.update(done, total);
      const time = now();
      const isNews = message !== phase;
      const wait = terminal.isInteractive ? REDRAW_MS : isNews ? NEWS_MS : LINE_MS;
      if (drawn && time - last < wait) return;
      phase = message;
      last = time;
      const count = total > 0 ? ` ${done}/${total}` : "";
      const left = remaining === null ? "" : `, ${describeSeconds(remaining)} left`;
      if (terminal.isInteractive) terminal.error(`\r\u001b[2K${message}${count}${left}`);
      else terminal.error(`${message}${count}${left}\n`);
      drawn = true;
    },
    clear() {
      if (drawn && terminal.isInteractive) terminal.error("\r\u001b[2K");
      drawn = false;
    },
  };
}

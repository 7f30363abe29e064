// npm start [-- PROJECT] [-- --port N]: sets up what is missing, then opens the desktop window or the serve host.
import { join } from "node:path";
import { findElectron } from "../src/main/doctor/index.ts";
import { thisMachine } from "./setup/machine.ts";
import { ROOT, setUp } from "./setup/set-up.ts";
import { renderStep } from "./setup/step.ts";
import { runInForeground } from "./starting/child.ts";
import { linkIn, openBrowser } from "./starting/open-browser.ts";

const args = process.argv.slice(2);
const log = (line: string) => console.error(line);
const steps = await setUp({ machine: thisMachine(), log, purpose: "app", retry: false });
for (const step of steps) {
  if (step.status === "failed") log(renderStep(step));
}

const { binary } = findElectron();
if (binary) {
  process.exitCode = await runInForeground(binary, [ROOT, ...args], { cwd: ROOT }).ended;
} else {
  log(
    "Electron's binary is not on this machine, so Fieldmark opens in a browser (npm run setup -- --electron fetches it).",
  );
  let isOpened = false;
  const host = runInForeground(process.execPath, [join(ROOT, "src/main/cli/main.ts"), "serve", ...args], {
    onOutput: (line) => {
      const link = linkIn(line);
      if (link === null || isOpened) return;
      isOpened = true;
      openBrowser(link);
    },
  });
  process.exitCode = await host.ended;
}

// npm run dev [-- PROJECT]: the app from source, renewed as the source changes. In Electron where its binary is there;
// else the serve host, started anew when it changes, with the window rebuilt into out/ when that changes (reload the page).
import { rmSync } from "node:fs";
import { join } from "node:path";
import { resolveConfig } from "electron-vite";
import { build } from "vite";
import { findElectron } from "../src/main/doctor/index.ts";
import { thisMachine } from "./setup/machine.ts";
import { builtStamp } from "./setup/renderer.ts";
import { ROOT, setUp } from "./setup/set-up.ts";
import { runInForeground } from "./starting/child.ts";

const args = process.argv.slice(2);
await setUp({ machine: thisMachine(), log: (line) => console.error(line), purpose: "app", retry: false });

if (findElectron().binary) {
  const electronVite = join(ROOT, "node_modules/electron-vite/bin/electron-vite.js");
  const command = [electronVite, "--watch", ...(args.length > 0 ? ["--", ...args] : [])];
  process.exitCode = await runInForeground(process.execPath, command, { cwd: ROOT }).ended;
} else {
  process.chdir(ROOT);
  const { config } = await resolveConfig({}, "build", "development");
  const window = config?.renderer ?? {};
  // What is in out/ from here on is no full build.
  rmSync(builtStamp(ROOT), { force: true });
  await build({
    ...window,
    configFile: false,
    logLevel: "warn",
    build: { ...window.build, watch: {}, minify: false },
  });
  const host = ["--watch", "--watch-preserve-output", join(ROOT, "src/main/cli/main.ts"), "serve", ...args];
  process.exitCode = await runInForeground(process.execPath, host, { cwd: ROOT }).ended;
  process.exit();
}

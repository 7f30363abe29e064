// npm run check: types, then lint, format, dependency rule and import cycles.
import { join } from "node:path";
import { ROOT } from "./setup/set-up.ts";
import { runInForeground } from "./starting/child.ts";

const checks = [
  { name: "types", args: ["node_modules/typescript/bin/tsc", "-p", "."] },
  {
    name: "lint, format, dependency rule",
    args: ["node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings", "."],
  },
];

let isGood = true;
for (const { name, args } of checks) {
  const [script = "", ...rest] = args;
  const code = await runInForeground(process.execPath, [join(ROOT, script), ...rest], { cwd: ROOT }).ended;
  console.log(`${code === 0 ? "ok" : "not ok"}: ${name}`);
  isGood &&= code === 0;
}
process.exitCode = isGood ? 0 : 1;

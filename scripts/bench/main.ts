// npm run bench -- NAME: prints one JSON line per figure, next to a reference measured in the same run.
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const folder = fileURLToPath(new URL("./", import.meta.url));

async function benchNames(): Promise<string[]> {
  const files = await readdir(folder);
  return files
    .filter((file) => file.endsWith(".ts") && file !== "main.ts")
    .map((file) => file.slice(0, -".ts".length))
    .sort();
}

const known = await benchNames();
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !known.includes(name));
if (wanted.length === 0 || unknown.length > 0) {
  if (unknown.length > 0) console.error(`There is no benchmark "${unknown.join('", "')}".`);
  console.error(`Usage: npm run bench -- NAME…    with NAME one of: ${known.join(", ")}`);
  process.exit(2);
}
/** Benchmarks that belong to another one and run after it. */
const PARTS: Readonly<Record<string, readonly string[]>> = { archive: ["scan"] };
const chosen = new Set(wanted.flatMap((name) => [name, ...(PARTS[name] ?? [])]));
for (const name of chosen) {
  const bench: { run(): Promise<void> } = await import(pathToFileURL(join(folder, `${name}.ts`)).href);
  await bench.run();
}

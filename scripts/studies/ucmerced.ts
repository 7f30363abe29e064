// Replays rounds on UC Merced through the command line and prints the table of the README.
//   node scripts/run.mjs scripts/studies/ucmerced.ts [--work FOLDER] [--encoder ID] [--functions A,B,…]
// Seeds 1 to 5 are fixed and all of them count; nothing is chosen after the fact.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const SEEDS = [1, 2, 3, 4, 5];
const root = fileURLToPath(new URL("../../", import.meta.url));
const data = join(root, "../shared/data/ucmerced");

const { values } = parseArgs({
  options: {
    work: { type: "string" },
    encoder: { type: "string", default: "rcf" },
    functions: {
      type: "string",
      default: "random,auto,uherding,maxherding,typiclust,badge,mge+clustering,entropy,fps",
    },
  },
});

function fieldmark(...args: string[]): void {
  const command = [join(root, "src/main/cli/main.ts"), ...args];
  const { status } = spawnSync(process.execPath, command, { stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0) {
    console.error(`fieldmark ${args.join(" ")} failed.`);
    process.exit(1);
  }
}

interface Row {
  readonly function: string;
  readonly labeled: number;
  readonly microF1: number;
}

if (!existsSync(data)) {
  console.error("../shared/data/ucmerced is not there: this study needs it.");
  process.exit(1);
}
const work = values.work ?? mkdtempSync(join(tmpdir(), "fieldmark-study-"));
mkdirSync(work, { recursive: true });
const project = join(work, "ucmerced.fieldmark");
if (!existsSync(project)) {
  fieldmark("create", project, "--source", data);
  const labels = join(data, "LandUse_Multilabeled.txt");
  fieldmark(
    "labels",
    "import",
    project,
    labels,
    "--format",
    "ucmerced",
    "--splits",
    join(data, "splits.csv"),
  );
}
fieldmark("encode", project, "--encoder", values.encoder);

const rows: Row[] = [];
for (const seed of SEEDS) {
  const out = join(work, `seed-${seed}`);
  const rounds = ["--initial", "40", "--budget", "20", "--rounds", "8", "--trials", "1"];
  fieldmark(
    ...["simulate", project, "--functions", values.functions, "--encoder", values.encoder],
    ...[...rounds, "--seed", String(seed), "--out", out],
  );
  const results: { rows: Row[] } = JSON.parse(readFileSync(join(out, "results.json"), "utf8"));
  rows.push(...results.rows);
}

/** Mean and 95 % half-width over the seeds (Student's t with 4 degrees of freedom). */
function summary(name: string, labeled: number): string {
  const scores = rows
    .filter((row) => row.function === name && row.labeled === labeled)
    .map((row) => 100 * row.microF1);
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / (scores.length - 1);
  const half = 2.776 * Math.sqrt(variance / scores.length);
  return `${mean.toFixed(1)} ± ${half.toFixed(1)} (${scores.map((score) => score.toFixed(1)).join(" ")})`;
}

console.log(`Micro F1 on val, encoder ${values.encoder}: mean ± 95 % interval over seeds 1–5 (each seed)`);
console.log("| query function | 40 labels | 100 labels | 200 labels |\n|---|---|---|---|");
for (const name of values.functions.split(",")) {
  console.log(`| \`${name}\` | ${summary(name, 40)} | ${summary(name, 100)} | ${summary(name, 200)} |`);
}
console.log(`Reports: ${work}`);

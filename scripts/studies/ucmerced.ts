// The experiments on UC Merced, through the command line; writes its section of docs/results.md and every figure to
// docs/results/. Seeds are fixed beforehand and all of them count.
//   node scripts/run.mjs scripts/studies/ucmerced.ts [--study head|network] [--work FOLDER] [--jobs 2]
//     [--functions A,B,…] [--seeds 1,2,…] [--encoder ID] [--labels 400] [--docs FOLDER]
// Interrupted, it goes on where it was. --functions and --seeds run a part; the documents are written once all parts are
// there, or into another folder that --docs names.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { QUERY_FUNCTIONS } from "../../src/engine/query-functions/index.ts";
import type { ExperimentInput } from "../../src/main/simulation/experiment-config.ts";
import { NETWORK_STUDY_FUNCTIONS, type StudyResults, studyDocument } from "./ucmerced/document.ts";
import { replaceSection } from "./ucmerced/section.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const data = join(root, "../shared/data/ucmerced");

const { values } = parseArgs({
  options: {
    study: { type: "string", default: "head" },
    work: { type: "string", default: join(tmpdir(), "fieldmark-study-ucmerced") },
    jobs: { type: "string", default: "1" },
    functions: { type: "string" },
    seeds: { type: "string" },
    encoder: { type: "string", default: "rcf" },
    labels: { type: "string" },
    docs: { type: "string" },
  },
});

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** What is run, whole: parts of it never change it. */
function experiment(): { id: string; title: string; config: ExperimentInput } {
  if (values.study === "network") {
    const labels = Number(values.labels ?? 200);
    return {
      id: "ucmerced-resnet18",
      title: "UC Merced, end-to-end ResNet-18 at 64 pixels",
      config: {
        functions: [...NETWORK_STUDY_FUNCTIONS],
        network: { id: "resnet18", options: { side: 64, epochs: 50 } },
        seeds: range(1, 3),
        initial: 40,
        budgets: [40],
        labels,
        gainRange: [Math.min(80, labels), labels],
      },
    };
  }
  if (values.study !== "head") throw new Error("--study is head or network.");
  const labels = Number(values.labels ?? 400);
  return {
    id: `ucmerced-${values.encoder}`,
    title: `UC Merced, head on frozen "${values.encoder}" embeddings`,
    config: {
      encoder: values.encoder,
      functions: QUERY_FUNCTIONS.map(({ id }) => id),
      seeds: range(1, 10),
      initial: 40,
      budgets: [20],
      labels,
      gainRange: [Math.min(100, labels), labels],
    },
  };
}

function fieldmark(...args: string[]): void {
  const command = [join(root, "src/main/cli/main.ts"), ...args];
  const { status } = spawnSync(process.execPath, command, { stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0) {
    console.error(`fieldmark ${args.join(" ")} failed.`);
    process.exit(status ?? 1);
  }
}

function prepareProject(folder: string): void {
  if (existsSync(folder)) return;
  fieldmark("create", folder, "--source", data);
  const labels = join(data, "LandUse_Multilabeled.txt");
  fieldmark(
    ...["labels", "import", folder, labels, "--format", "ucmerced"],
    ...["--splits", join(data, "splits.csv")],
  );
}

if (!existsSync(data)) {
  console.error("../shared/data/ucmerced is not there: this study needs it.");
  process.exit(1);
}
const { id, title, config } = experiment();
const work = resolve(values.work);
mkdirSync(work, { recursive: true });
const project = join(work, "ucmerced.fieldmark");
prepareProject(project);
const name = `${id}-${config.labels}`;
const configFile = join(work, `${name}.json`);
writeFileSync(configFile, `${JSON.stringify(config, null, 1)}\n`);
const out = join(work, name);
const part = [
  ...(values.functions === undefined ? [] : ["--functions", values.functions]),
  ...(values.seeds === undefined ? [] : ["--seeds", values.seeds]),
];
fieldmark("simulate", project, "--config", configFile, "--out", out, "--jobs", values.jobs, ...part);

const results: StudyResults = JSON.parse(readFileSync(join(out, "results.json"), "utf8"));
const finished = new Set(results.rows.map((row) => `${row.function} ${row.seed}`)).size;
const wanted = config.functions.length * (config.seeds?.length ?? 1);
console.log(`${finished} of ${wanted} runs are finished. Report: ${join(out, "report.html")}`);
if (finished < wanted && values.docs === undefined) {
  console.log("The documents are written once all are; --docs FOLDER writes what there is elsewhere.");
  process.exit(0);
}
const docs = resolve(values.docs ?? join(root, "docs"));
const command = `node scripts/run.mjs scripts/studies/ucmerced.ts${values.study === "head" ? "" : ` --study ${values.study}`}${values.encoder === "rcf" ? "" : ` --encoder ${values.encoder}`}`;
const { markdown, figures } = studyDocument(results, { id, title, command, complete: finished === wanted });
mkdirSync(join(docs, "results"), { recursive: true });
writeFileSync(join(docs, "results", `${id}.json`), `${JSON.stringify(figures, null, 1)}\n`);
const page = join(docs, "results.md");
writeFileSync(
  page,
  replaceSection(existsSync(page) ? readFileSync(page, "utf8") : "# Results\n", id, markdown),
);
console.log(`Written: ${page}, ${join(docs, "results", `${id}.json`)}`);

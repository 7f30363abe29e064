// npm run setup [-- --cuda] [--from FOLDER] [--electron] [--tests] [--json]
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { thisMachine } from "./machine.ts";
import { setUp } from "./set-up.ts";
import { renderStep } from "./step.ts";

const HELP = `npm run setup -- [options]

Sets up what Fieldmark needs on this machine. "npm start" and "npm test" do it by themselves.

  --cuda          lay out a CUDA libtensorflow with its NVIDIA libraries (Linux x64; about 3 GB)
  --from FOLDER   take libtensorflow from a folder (wheels, an unpacked wheel or C archive) instead of pip
  --electron      download Electron's binary where it is missing
  --tests         also what the tests need (a Chromium or Chrome)
  --json          one JSON document on stdout

Environment:
  FIELDMARK_LIBTENSORFLOW      a folder or wheel with libtensorflow, like --from, for every set-up
  FIELDMARK_CACHE              where downloads and compiled parts are kept (default ~/.cache/fieldmark)
  FIELDMARK_CHROMIUM           the program of the Chromium or Chrome for the end-to-end tests
  ELECTRON_OVERRIDE_DIST_PATH  the folder of an unpacked Electron
`;

const { values } = parseArgs({
  options: {
    cuda: { type: "boolean", default: false },
    from: { type: "string" },
    electron: { type: "boolean", default: false },
    tests: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

if (values.help) {
  process.stdout.write(HELP);
} else {
  const steps = await setUp({
    machine: thisMachine(),
    log: (line) => console.error(line),
    purpose: values.tests ? "tests" : "app",
    cuda: values.cuda,
    // npm runs this in the project's folder; a path is meant from where the user is.
    from: values.from === undefined ? null : resolve(process.env.INIT_CWD ?? ".", values.from),
    electron: values.electron,
  });
  console.log(values.json ? JSON.stringify({ steps }, null, 2) : steps.map(renderStep).join("\n"));
  // What was asked for by name must be there; all else falls back.
  const asked =
    values.cuda || values.from !== undefined ? "native-backend" : values.electron ? "electron" : null;
  if (steps.some((step) => step.id === asked && step.status !== "done" && step.status !== "ready"))
    process.exitCode = 1;
}

import { resolve } from "node:path";
import { runDemo } from "../../use-cases/demo-run.ts";
import type { DefineCommand } from "../define-command.ts";
import { textTable } from "../text-table.ts";

const DEFAULT_FOLDER = "fieldmark-demo";
const percent = (value: number | undefined) => (value === undefined ? "" : Number((100 * value).toFixed(1)));

/** The whole loop on an archive of its own making. */
export const demoCommand: DefineCommand = (program, { run }) =>
  program
    .command("demo")
    .description(
      "make the demo archive, run five rounds with its truth as the analyst, and export the labels",
    )
    .argument("[dir]", "folder for the archive, the project and the export", DEFAULT_FOLDER)
    .addHelpText(
      "after",
      "\nMakes DIR/archive, DIR/demo.fieldmark and DIR/export. An archive that is there already is used again;\na project that is there already is refused.",
    )
    .action((folder: string, options: { json?: boolean }) =>
      run(options, async ({ engine, work, print }) => {
        const demo = await runDemo(resolve(folder), engine, work);
        const rows = demo.rounds.map(({ round, labeled, microF1, macroF1 }, index) => [
          round,
          labeled,
          percent(microF1),
          percent(macroF1),
          percent(demo.random[index]?.microF1),
          percent(demo.random[index]?.macroF1),
        ]);
        const header = [
          "round",
          "labels",
          `micro F1 ${demo.function}`,
          "macro F1",
          "micro F1 random",
          "macro F1",
        ];
        print(
          demo,
          `${textTable(header, rows)}\nIn percent, on the val split; random is the mean of several trials.\nProject: ${demo.project}\nExport:  ${demo.export}`,
        );
      }),
    );

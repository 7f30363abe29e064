import { resolve } from "node:path";
import { Option } from "commander";
import { EXPORTERS } from "../../exporters/index.ts";
import { exportProject } from "../../use-cases/export.ts";
import { optionValue } from "../arguments.ts";
import type { DefineCommand } from "../define-command.ts";

interface ExportOptions {
  readonly format: string;
  readonly out: string;
  readonly option?: Record<string, string | number | boolean>;
  readonly json?: boolean;
}

/** The labelled dataset in one format. */
export const exportCommand: DefineCommand = (program, { run }) =>
  program
    .command("export")
    .description("write the labelled dataset, with a README, into a new folder")
    .argument("<project>")
    .addOption(
      new Option("--format <id>", "format").choices(EXPORTERS.map(({ id }) => id)).makeOptionMandatory(),
    )
    .requiredOption("--out <dir>", "new or empty folder")
    .option("--option <name=value>", "option of the format; may be repeated", optionValue)
    .addHelpText(
      "after",
      `\nFormats:\n${EXPORTERS.map(({ id, description }) => `  ${id}: ${description}`).join("\n")}`,
    )
    .action((project: string, options: ExportOptions) =>
      run(options, async ({ openProject, work, print }) => {
        const folder = resolve(options.out);
        const { format } = options;
        const { patches } = await exportProject(
          openProject(project, { readOnly: true }),
          { format, folder, options: options.option ?? {} },
          work,
        );
        print({ format, folder, patches }, `${folder}: ${patches} labelled patches as ${format}.`);
      }),
    );

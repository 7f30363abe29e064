import { userInfo } from "node:os";
import { Option } from "commander";
import { IMPORTERS } from "../../importers/index.ts";
import { importLabels } from "../../use-cases/label-import.ts";
import { listLabels } from "../../use-cases/label-list.ts";
import type { DefineCommand } from "../define-command.ts";
import { textTable } from "../text-table.ts";

interface ImportOptions {
  readonly format: string;
  readonly splits?: string;
  readonly annotator: string;
  readonly json?: boolean;
}

const defineImport: DefineCommand = (labels, { run }) =>
  labels
    .command("import")
    .description("import labels (and splits) from files; everything or nothing")
    .argument("<project>")
    .argument("<file>", "label file")
    .addOption(
      new Option("--format <id>", "format of the file")
        .choices(IMPORTERS.map(({ id }) => id))
        .makeOptionMandatory(),
    )
    .option("--splits <file>", "CSV image,split with pool, val and test; images not named stay out")
    .option("--annotator <name>", "who the labels are by", userInfo().username)
    .addHelpText(
      "after",
      `\nFormats:\n${IMPORTERS.map(({ id, description }) => `  ${id}: ${description}`).join("\n")}`,
    )
    .action((project: string, file: string, options: ImportOptions) =>
      run(options, async ({ openProject, print }) => {
        const { format, splits, annotator } = options;
        const imported = await importLabels(openProject(project), {
          file,
          format,
          annotator,
          ...(splits === undefined ? {} : { splits }),
        });
        const { pool, val, test, none } = imported.splits;
        const splitWords =
          splits === undefined ? "" : ` Splits: pool ${pool}, val ${val}, test ${test}, none ${none}.`;
        print(
          imported,
          `${imported.labels} labels of ${imported.classes} classes on ${imported.patches} patches.${splitWords}`,
        );
      }),
    );

const defineList: DefineCommand = (labels, { run }) =>
  labels
    .command("list")
    .description("list labelled patches with their present classes")
    .argument("<project>")
    .action((project: string, options: { json?: boolean }) =>
      run(options, async ({ openProject, print }) => {
        const listed = listLabels(openProject(project, { readOnly: true }));
        const rows = listed.patches.map(({ id, image, window, split, status, labels: states }) => [
          id,
          `${image}${window.x > 0 || window.y > 0 ? `@${window.x}_${window.y}` : ""}`,
          split ?? "",
          status,
          Object.entries(states)
            .filter(([, state]) => state !== "absent")
            .map(([name, state]) => (state === "unsure" ? `${name}?` : name))
            .join(", "),
        ]);
        const counts = listed.classes.map(({ name, present, absent, unsure }) => [
          name,
          present,
          absent,
          unsure,
        ]);
        print(
          listed,
          `${textTable(["patch", "image", "split", "status", "present"], rows)}\n${textTable(["class", "present", "absent", "unsure"], counts)}`,
        );
      }),
    );

/** `labels import` and `labels list`. */
export const labelsCommand: DefineCommand = (program, runner) => {
  const labels = program.command("labels").description("import and list labels");
  defineImport(labels, runner);
  defineList(labels, runner);
  return labels;
};

import { dirname, resolve } from "node:path";
import { writeFileAtomically } from "../../atomic-files.ts";
import { predictionCsv } from "../../use-cases/prediction-table.ts";
import type { DefineCommand } from "../define-command.ts";

/** The newest model's probabilities of every patch, as CSV. */
export const predictCommand: DefineCommand = (program, { run }) =>
  program
    .command("predict")
    .description(
      "write the newest model's probabilities for all patches as CSV: patch_id, image, window, one column a class",
    )
    .argument("<project>")
    .requiredOption("--out <file>", "CSV file to write")
    .action((project: string, options: { out: string; json?: boolean }) =>
      run(options, async ({ openProject, engine, work, print }) => {
        const { csv, patches, modelId } = await predictionCsv(openProject(project), engine, work);
        const file = resolve(options.out);
        await writeFileAtomically(file, csv);
        print(
          { file, folder: dirname(file), patches, model: modelId },
          `${file}: ${patches} patches, model ${modelId}.`,
        );
      }),
    );

import { FieldmarkError } from "../../../shared/errors.ts";
import { findSource, relocateSource } from "../../use-cases/source-folders.ts";
import type { DefineCommand } from "../define-command.ts";

interface RelocateOptions {
  readonly acceptPartial?: boolean;
  readonly json?: boolean;
}

/** Where a source's folder is now. */
export const relocateCommand: DefineCommand = (program, { run }) =>
  program
    .command("relocate")
    .description("say where a source's folder is now, after comparing its files")
    .argument("<project>")
    .argument("<source>", "the source's id, name or former folder")
    .argument("<folder>", "the folder now, or the one around it")
    .option("--accept-partial", "take the folder even if some of the files are missing or different")
    .action((project: string, source: string, folder: string, options: RelocateOptions) =>
      run(options, async ({ openProject, work, print }) => {
        const store = openProject(project);
        const acceptPartial = options.acceptPartial === true;
        const { id } = findSource(store, source);
        const result = await relocateSource(store, id, folder, { acceptPartial }, work);
        if (!result.relocated) {
          const hint = result.check.verdict === "partly" ? " (--accept-partial)" : "";
          const { verdict, found, files } = result.check;
          throw new FieldmarkError("invalid-input", `${result.check.message}${hint}`, {
            details: { folder: result.check.folder, verdict, found, files },
          });
        }
        print(result, result.check.message);
      }),
    );

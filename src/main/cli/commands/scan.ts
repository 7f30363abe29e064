import type { ProjectStore } from "../../../store/project-store.ts";
import { describeChanges, describeReport } from "../../use-cases/describe-scan.ts";
import { rescanProject } from "../../use-cases/project-set-up.ts";
import { checkSource, findSource } from "../../use-cases/source-folders.ts";
import type { Work } from "../../work.ts";
import type { CommandContext } from "../command-context.ts";
import type { DefineCommand } from "../define-command.ts";

interface ScanOptions {
  readonly source?: string;
  readonly check?: boolean;
  readonly json?: boolean;
}

function chosenIds(store: ProjectStore, source: string | undefined): number[] {
  return source === undefined ? store.sources().map(({ id }) => id) : [findSource(store, source).id];
}

async function check(
  store: ProjectStore,
  ids: readonly number[],
  work: Work,
  print: CommandContext["print"],
) {
  const checked = [];
  for (const id of ids) checked.push(await checkSource(store, id, work));
  print(
    { sources: checked },
    checked
      .map(({ source, changes }) =>
        changes === null
          ? `${source.name}: ${source.folder} is missing. "fieldmark relocate" says where it is now.`
          : `${source.name}: ${describeChanges(changes)}.`,
      )
      .join("\n"),
  );
}

/** New, changed and missing files of a project's sources. */
export const scanCommand: DefineCommand = (program, { run }) =>
  program
    .command("scan")
    .description("look for new, changed and missing files; can be stopped and continued")
    .argument("<project>")
    .option("--source <source>", "only this source: its id, name or folder (default: all of them)")
    .option("--check", "only compare, and change nothing")
    .addHelpText(
      "after",
      "\nFiles whose size and time are as before are not opened. Patches and labels are never deleted: patches\nof missing files are marked, those of changed files are encoded anew.",
    )
    .action((project: string, options: ScanOptions) =>
      run(options, async ({ openProject, work, print, note }) => {
        const store = openProject(project, { readOnly: options.check === true });
        const ids = chosenIds(store, options.source);
        if (options.check) {
          await check(store, ids, work, print);
          return;
        }
        const rescan = await rescanProject(store, work, ids);
        for (const { name, folder, report } of rescan.sources) {
          if (!report) note(`${name}: ${folder} is missing and was passed over.`);
        }
        for (const { path, message } of rescan.unreadable) note(`Could not be used: ${path}: ${message}`);
        print(
          { sources: rescan.sources, unreadable: rescan.unreadable },
          rescan.sources
            .flatMap(({ name, report }) => (report ? [`${name}: ${describeReport(report)}`] : []))
            .join("\n"),
        );
      }),
    );

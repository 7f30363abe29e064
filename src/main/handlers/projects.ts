import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { defined } from "../defined.ts";
import { makeDemoProject } from "../use-cases/demo.ts";
import { describeImport, importIntoNewProject, requireKnownArchive } from "../use-cases/known-import.ts";
import { PROJECT_EXTENSION } from "../use-cases/project-folder.ts";
import { setUpProject } from "../use-cases/project-set-up.ts";
import { makeSplits } from "../use-cases/splits.ts";
import type { Core, GroupHandlers } from "./core.ts";
import { startScan } from "./start-scan.ts";

/** A name as part of a path: what file systems refuse becomes a hyphen. */
function folderName(name: string): string {
  const plain = name
    .replace(/[\\/:*?"<>|]/g, "-")
    .replace(/\p{Cc}/gu, "")
    .replace(/^\.+|[. ]+$/g, "");
  return plain === "" ? "project" : plain;
}

/** Projects: made, opened, closed, and their settings. A project that was made is opened when none is open. */
export function projectHandlers(core: Core): GroupHandlers<"projects"> {
  const { workspace, jobs, preferences } = core;
  async function openIfNone(folder: string): Promise<void> {
    if (workspace.current === null) await workspace.open(folder);
  }

  return {
    "projects.create": ({ parent, name, kind, source, grid, classes, importKnown, splits }) => {
      const folder = join(resolve(parent), `${folderName(name)}${PROJECT_EXTENSION}`);
      const jobId = jobs.start(
        { kind: "create", title: `New project "${name}"`, lane: "create" },
        async (work) => {
          const archive = importKnown ? await requireKnownArchive(source) : null;
          const { store, added } = await setUpProject(
            {
              folder,
              name,
              kind,
              source: archive?.imagery ?? source,
              grid,
              classes: classes.length > 0 ? classes : (archive?.classes ?? []),
            },
            work,
          );
          let labels = "";
          try {
            if (archive) labels = ` ${describeImport(await importIntoNewProject(store, archive, work))}`;
            if (splits && !store.project().hasSplits) await makeSplits(store, splits, work);
          } finally {
            store.close();
          }
          await openIfNone(folder);
          const unreadable =
            added.unreadable.length > 0 ? `, ${added.unreadable.length} files could not be read` : "";
          return {
            message: `${added.patches} patches of ${added.scenes} scenes${unreadable}.${labels}`,
            output: folder,
          };
        },
      );
      return { jobId };
    },
    "projects.demo": ({ parent }) => {
      const folder = join(parent ?? homedir(), "Fieldmark demo");
      const jobId = jobs.start({ kind: "demo", title: "Demo project", lane: "create" }, async (work) => {
        const { project, patches } = await makeDemoProject(folder, { reuse: true }, work);
        await openIfNone(project);
        const message =
          patches === null ? "The demo project was there already." : `${patches} patches, ready to label.`;
        return { message, output: project };
      });
      return { jobId };
    },
    "projects.open": ({ folder }) => workspace.open(folder),
    "projects.close": async () => {
      await workspace.close();
      return undefined;
    },
    "projects.forget": ({ folder }) => preferences.forget(folder),
    "projects.summary": () => workspace.summary(),
    "projects.rescan": () => startScan(core, "Scan the imagery again"),
    "projects.settings": (settings) => {
      workspace.require().store.saveSettings(defined(settings));
      workspace.announceCounts();
      return workspace.requireSummary();
    },
  };
}

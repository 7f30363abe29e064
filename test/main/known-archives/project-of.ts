import { join } from "node:path";
import { suggestGrid } from "../../../src/archive/grid.ts";
import {
  importIntoNewProject,
  type KnownImport,
  requireKnownArchive,
} from "../../../src/main/use-cases/known-import.ts";
import { setUpProject } from "../../../src/main/use-cases/project-set-up.ts";
import { QUIET } from "../../../src/main/work.ts";
import type { Grid } from "../../../src/shared/domain/imagery.ts";
import type { ProjectStore } from "../../../src/store/project-store.ts";
import { closing, temporaryFolder } from "../fixture.ts";

/** A project on a known archive with its labels. */
export async function projectOf(
  folder: string,
  grid: (scenes: Parameters<typeof suggestGrid>[0]) => Grid = suggestGrid,
): Promise<{ readonly store: ProjectStore; readonly imported: KnownImport }> {
  const archive = await requireKnownArchive(folder);
  const { store } = await setUpProject(
    {
      folder: join(temporaryFolder(), "known.fieldmark"),
      kind: archive.kind,
      source: archive.imagery,
      grid,
      classes: archive.classes,
    },
    QUIET,
  );
  closing(store);
  return { store, imported: await importIntoNewProject(store, archive, QUIET) };
}

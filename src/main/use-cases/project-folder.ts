import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { FieldmarkError } from "../../shared/errors.ts";
import { openProject, type ProjectStore } from "../../store/project-store.ts";

export const PROJECT_EXTENSION = ".fieldmark";

/** The folder that a path given by the user stands for: `.fieldmark` is appended when missing. */
export function projectFolderOf(path: string): string {
  const folder = resolve(path);
  if (folder.endsWith(PROJECT_EXTENSION) || existsSync(join(folder, "project.sqlite"))) return folder;
  return `${folder}${PROJECT_EXTENSION}`;
}

/** Where an encoder's embeddings lie. Throws `invalid-input` for what can't be an encoder's id. */
export function embeddingsFolder(projectFolder: string, encoder: string): string {
  if (!/^[a-z0-9][a-z0-9+-]*$/.test(encoder)) {
    throw new FieldmarkError("invalid-input", `"${encoder}" is not the name of an encoder.`);
  }
  return join(projectFolder, "embeddings", encoder);
}

/** Where a model's weights lie. */
export function modelFolder(projectFolder: string, modelId: string): string {
  return join(projectFolder, "models", modelId);
}

/** Where the training of a network that was interrupted is kept, to be gone on with. */
export function unfinishedTraining(projectFolder: string): string {
  return join(projectFolder, "models", "unfinished-training");
}

/** Opens a project by the path that the user gave. Errors: project-missing, project-newer, project-locked, project-corrupt. */
export function openProjectFolder(path: string, options: { readonly readOnly?: boolean } = {}): ProjectStore {
  return openProject(projectFolderOf(path), options);
}

/** Refuses work that would write into a project that is open for reading only. */
export function requireWritable(store: ProjectStore): void {
  if (store.readOnlyReason === null) return;
  throw new FieldmarkError("read-only", store.readOnlyReason, { details: { folder: store.paths.folder } });
}

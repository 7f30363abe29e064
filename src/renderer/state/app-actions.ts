import type { Preferences } from "../../shared/contracts/app.ts";
import type { ProjectSettings, ProjectSummary } from "../../shared/domain/project.ts";
import type { ClassInput } from "../../shared/domain/taxonomy.ts";
import { type Screen, useApp } from "./app-store.ts";
import { replaceJobs } from "./jobs-store.ts";
import { forgetPatches } from "./patches-store.ts";
import { resetRounds } from "./rounds-store.ts";
import { call } from "./session.ts";
import { lookAtProject } from "./view-store.ts";
import { forgetLists } from "./workbench-store.ts";

const PROJECT_SCREENS: ReadonlySet<Screen> = new Set(["label", "patches", "progress"]);

/** Reads everything that the page stands on: after the start and after each lost connection. */
export async function refreshApp(): Promise<void> {
  const { project, preferences, jobs, ...info } = await call("app.info");
  useApp.setState({ info, preferences });
  replaceJobs(jobs);
  takeProject(project);
}

/** Takes a project's new state over; a different project than before brings its own screens. */
export function takeProject(project: ProjectSummary | null): void {
  const before = useApp.getState();
  if (project) lookAtProject(project.folder);
  useApp.setState({ project });
  if (project?.folder !== before.project?.folder) {
    forgetPatches();
    forgetLists();
    resetRounds();
  }
  if (!project && PROJECT_SCREENS.has(before.screen)) navigate("start");
  if (project && before.screen === "start" && project.folder !== before.project?.folder) navigate("label");
}

/** Asks for the project's state where it may have changed without an announcement, such as a drive that came back. */
export async function refreshProject(): Promise<void> {
  takeProject(await call("projects.summary"));
}

export function navigate(screen: Screen): void {
  useApp.setState({ screen });
}

export async function openProject(folder: string): Promise<void> {
  takeProject(await call("projects.open", { folder }));
  navigate("label");
}

export async function closeProject(): Promise<void> {
  await call("projects.close");
  takeProject(null);
  await refreshApp();
}

export async function forgetRecent(folder: string): Promise<void> {
  useApp.setState({ preferences: await call("projects.forget", { folder }) });
}

export async function savePreferences(
  changes: Partial<Pick<Preferences, "annotator" | "colorScheme">>,
): Promise<void> {
  const { preferences } = useApp.getState();
  if (preferences) useApp.setState({ preferences: { ...preferences, ...changes } });
  useApp.setState({ preferences: await call("preferences.set", changes) });
}

export async function saveSettings(settings: Partial<ProjectSettings>): Promise<void> {
  takeProject(await call("projects.settings", settings));
}

export async function saveClasses(classes: readonly ClassInput[]): Promise<void> {
  takeProject(await call("taxonomy.save", { classes: [...classes] }));
}

import { resolve } from "node:path";
import type { ProjectSummary } from "../shared/domain/project.ts";
import { FieldmarkError } from "../shared/errors.ts";
import { openProject } from "../store/project-store.ts";
import type { EngineHost } from "./engine-host/engine-host.ts";
import type { Events } from "./events.ts";
import type { Jobs } from "./jobs.ts";
import { OpenProject } from "./open-project.ts";
import { loadPredictions } from "./predictions.ts";
import type { PreferencesStore } from "./preferences.ts";
import { predictAll } from "./use-cases/predicting.ts";
import { projectFolderOf } from "./use-cases/project-folder.ts";
import { QUIET } from "./work.ts";

/** Jobs that make a project of their own and outlive the open one. */
const INDEPENDENT_JOBS: readonly string[] = ["create", "demo"];
const ANNOUNCE_AFTER_MS = 150;

/** Holds the one project that is open and tells the hosts about its changes. */
export class Workspace {
  readonly #preferences: PreferencesStore;
  readonly #events: Events;
  readonly #jobs: Jobs;
  readonly #engine: EngineHost;
  readonly #onSwitch: () => void;
  #current: OpenProject | null = null;
  #announcement: NodeJS.Timeout | null = null;
  #roundsChanged = false;

  constructor(parts: {
    readonly preferences: PreferencesStore;
    readonly events: Events;
    readonly jobs: Jobs;
    readonly engine: EngineHost;
    readonly onSwitch: () => void;
  }) {
    this.#preferences = parts.preferences;
    this.#events = parts.events;
    this.#jobs = parts.jobs;
    this.#engine = parts.engine;
    this.#onSwitch = parts.onSwitch;
  }

  get current(): OpenProject | null {
    return this.#current;
  }

  /** The open project; throws `project-missing` when there is none. */
  require(): OpenProject {
    if (this.#current) return this.#current;
    throw new FieldmarkError("project-missing", "No project is open. Open one, or make a new one.");
  }

  summary(): ProjectSummary | null {
    return this.#current?.summary(this.#preferences.get().annotator) ?? null;
  }

  requireSummary(): ProjectSummary {
    return this.require().summary(this.#preferences.get().annotator);
  }

  /** Opens a project in place of the open one, which stays open when this one can't be opened. */
  async open(path: string): Promise<ProjectSummary> {
    const folder = projectFolderOf(path);
    if (this.#current && resolve(this.#current.folder) === folder) return this.requireSummary();
    const next = new OpenProject(openProject(folder));
    await this.close();
    this.#current = next;
    this.#onSwitch();
    await this.#preferences.remember(next.folder, next.store.project().name);
    void this.#restorePredictions(next);
    const summary = this.requireSummary();
    this.#events.emit("project", summary);
    return summary;
  }

  async close(): Promise<void> {
    const closing = this.#current;
    if (!closing) return;
    await this.#jobs.cancelAll((job) => !INDEPENDENT_JOBS.includes(job.kind));
    this.#current = null;
    if (this.#announcement) clearTimeout(this.#announcement);
    this.#announcement = null;
    this.#onSwitch();
    await closing.close();
    this.#events.emit("project", null);
  }

  /**
   * Announces changed counts soon: many quick label changes make one announcement.
   * @param rounds whether a round may have come nearer to its end
   */
  announceCounts(rounds = false): void {
    this.#roundsChanged ||= rounds;
    if (this.#announcement) return;
    this.#announcement = setTimeout(() => {
      this.#announcement = null;
      if (!this.#current) return;
      this.#events.emit("project", this.summary());
      if (this.#roundsChanged) this.#events.emit("rounds", { round: this.#current.store.currentRound() });
      this.#roundsChanged = false;
    }, ANNOUNCE_AFTER_MS);
    this.#announcement.unref();
  }

  /** The newest model's predictions: from the cache, or computed when the cache was deleted. */
  async #restorePredictions(project: OpenProject): Promise<void> {
    const model = project.store.newestModel();
    if (!model) return;
    const cached = await loadPredictions(project.folder, model.id);
    // Suggestions are a convenience: without an engine or embeddings there are none until the next training.
    const table = cached ?? (await predictAll(project.store, this.#engine, model, QUIET).catch(() => null));
    if (!table || this.#current !== project || project.predictions) return;
    project.takePredictions(table);
    this.#events.emit("patches", { ids: "all" });
  }
}

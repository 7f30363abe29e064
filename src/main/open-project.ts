import { compositesFor } from "../archive/composites/index.ts";
import { createPatchReader, type PatchReader } from "../archive/patch-reader.ts";
import type { BandStatistics, CompositeChoice, SensorId } from "../shared/domain/imagery.ts";
import type { PatchItem, ProjectSummary } from "../shared/domain/project.ts";
import { FieldmarkError } from "../shared/errors.ts";
import { createRandom } from "../shared/random.ts";
import type { PatchPlace, PatchRow, ProjectStore } from "../store/project-store.ts";
import { Predictions, type PredictionTable } from "./predictions.ts";
import type { Places } from "./splits/places.ts";
import { readPlaces } from "./use-cases/splits.ts";
import { QUIET } from "./work.ts";

/** What the imagery is like, found out once when the project is opened and again after a scan. */
interface Imagery {
  readonly sensor: SensorId;
  readonly statistics: readonly BandStatistics[];
  readonly composites: readonly CompositeChoice[];
}

const SAMPLED_PATCHES = 200;

/** The sensor of most patches, looked up on a sample: archives may have very many scenes. */
function describeImagery(store: ProjectStore): Imagery {
  const sample = createRandom("imagery").sample(store.patchIds(), SAMPLED_PATCHES);
  const counts = new Map<SensorId, number>();
  for (const { scenes, scene } of sample.length > 0 ? store.patchTables(sample) : []) {
    for (const index of scene) {
      const sensor = scenes[index]?.sensor;
      if (sensor) counts.set(sensor, (counts.get(sensor) ?? 0) + 1);
    }
  }
  const [[sensor] = ["unknown" as const]] = [...counts].sort((a, b) => b[1] - a[1]);
  const statistics = store.bandStatistics();
  return { sensor, statistics, composites: compositesFor(statistics.map(({ name }) => name)) };
}

/** The project that is open: its store, and what is kept in memory beside it. */
export class OpenProject {
  readonly store: ProjectStore;
  #imagery: Imagery;
  #predictions: Predictions | null = null;
  #places: Promise<Places> | null = null;
  readonly #readers = new Map<string, PatchReader>();

  constructor(store: ProjectStore) {
    this.store = store;
    this.#imagery = describeImagery(store);
  }

  get folder(): string {
    return this.store.paths.folder;
  }

  get predictions(): Predictions | null {
    return this.#predictions;
  }

  takePredictions(table: PredictionTable): void {
    this.#predictions = new Predictions(table);
  }

  imageryChanged(): void {
    this.#places = null;
    this.#imagery = describeImagery(this.store);
  }

  /** Where the patches lie: found out when it is first asked for, which takes a while in large archives. */
  places(): Promise<Places> {
    this.#places ??= readPlaces(this.store, QUIET).catch((error: unknown) => {
      this.#places = null;
      throw error;
    });
    return this.#places;
  }

  get statistics(): readonly BandStatistics[] {
    return this.#imagery.statistics;
  }

  /** Null for an id that the project doesn't have. */
  findPlace(patchId: number): PatchPlace | null {
    try {
      return this.store.placeOf(patchId);
    } catch (error) {
      if (error instanceof FieldmarkError && error.code === "not-found") return null;
      throw error;
    }
  }

  reader(root: string): PatchReader {
    const reader = this.#readers.get(root) ?? createPatchReader(root);
    this.#readers.set(root, reader);
    return reader;
  }

  /** Rows of the store with the newest model's probabilities. */
  withProbabilities(rows: readonly PatchRow[]): PatchItem[] {
    return rows.map((row) => ({ ...row, probabilities: this.#predictions?.of(row.id) ?? null }));
  }

  summary(annotator: string): ProjectSummary {
    const { store } = this;
    const { name, kind, settings, grid } = store.project();
    const classes = store.classes();
    const present = classes.map(
      ({ id }) => [String(id), store.page({ view: "all", classId: id }, 0, 1).total] as const,
    );
    return {
      folder: this.folder,
      name,
      kind,
      readOnly: store.readOnly,
      readOnlyReason: store.readOnlyReason,
      warnings: [...store.warnings],
      classes,
      settings,
      grid,
      sources: store.sources().map(({ id, folder, available, scenes, unreadable }) => ({
        id,
        folder,
        available,
        scenes,
        unreadable: [...unreadable],
      })),
      sensor: this.#imagery.sensor,
      bands: [...this.#imagery.statistics],
      composites: [...this.#imagery.composites],
      counts: { ...store.counts(), present: Object.fromEntries(present) },
      undoDepth: store.undoDepth(annotator),
      redoDepth: store.redoDepth(annotator),
    };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#readers.values()].map((reader) => reader.close()));
    this.store.close();
  }
}

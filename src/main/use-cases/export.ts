import { existsSync, readdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { center, footprint } from "../../archive/georeference.ts";
import type { OptionValues } from "../../shared/domain/learning.ts";
import type { ProjectStore } from "../../store/project-store.ts";
import type { ExportDataset, ExportedPatch } from "../exporters/dataset.ts";
import { exportDataset } from "../exporters/index.ts";
import { VERSION } from "../version.ts";
import { breathe, type Work } from "../work.ts";

const CHUNK = 500;

/** What is labelled: the confirmed patches with their labels, footprints, and how they were chosen. */
export async function labelledDataset(store: ProjectStore, work: Work): Promise<ExportDataset> {
  const project = store.project();
  const classes = store.classes();
  const control = new Set(store.controlIds());
  const ids = Array.from(store.patchIds({ status: "confirmed" }));
  const patches: ExportedPatch[] = [];
  for (let start = 0; start < ids.length; start += CHUNK) {
    for (const item of store.items(ids.slice(start, start + CHUNK))) {
      const { scene, window } = store.placeOf(item.id);
      patches.push({
        id: item.id,
        name: item.name,
        image: scene.name,
        ...window,
        split: item.split,
        control: control.has(item.id),
        round: item.query?.round ?? null,
        confirmed: true,
        states: classes.map(({ id }) => item.labels[String(id)] ?? null),
        footprint: footprint(scene, window),
        center: center(scene, window),
      });
    }
    work.progress({ done: patches.length, total: ids.length, message: "Collecting labels" });
    await breathe();
  }
  const confirmed = new Set(ids);
  return {
    name: project.name || basename(store.paths.folder),
    kind: project.kind,
    classes,
    patches,
    rounds: store.rounds().map((round) => ({
      number: round.number,
      function: round.function,
      budget: round.budget,
      labeled: round.patchIds.filter((id) => confirmed.has(id)).length,
      control: round.controlIds.filter((id) => confirmed.has(id)).length,
      createdAt: round.createdAt,
    })),
    archivePatches: store.counts().patches,
    encoder: project.settings.encoder,
    seed: project.settings.seed,
    createdAt: new Date().toISOString(),
    version: VERSION,
  };
}

export interface ExportRequest {
  readonly format: string;
  readonly folder: string;
  readonly options: OptionValues;
}

/** Exports the confirmed patches into a new folder. Errors: `no-labels`, `invalid-input`, `disk-full`, `read-only`. */
export async function exportProject(
  store: ProjectStore,
  request: ExportRequest,
  work: Work,
): Promise<{ patches: number }> {
  const dataset = await labelledDataset(store, work);
  await exportDataset(dataset, request.format, request.folder, request.options, work);
  return { patches: dataset.patches.length };
}

/** The folder itself where it is new or empty, else a new one in it that is named for the dataset. */
export function freeExportFolder(folder: string, name: string): string {
  const path = resolve(folder);
  if (!existsSync(path) || readdirSync(path).length === 0) return path;
  const plain = name.replace(/[^\p{L}\p{N}._ -]/gu, "-");
  for (let number = 1; ; number++) {
    const candidate = join(path, number === 1 ? plain : `${plain}-${number}`);
    if (!existsSync(candidate)) return candidate;
  }
}

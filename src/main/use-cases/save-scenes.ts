import type { PendingOutcome } from "../../archive/index/file-index.ts";
import {
  filesOf,
  type KeptScene,
  type KnownScene,
  qualityDiffers,
  reconcileScenes,
  valuesDiffer,
} from "../../archive/index/reconcile-scenes.ts";
import type { KnownNodata } from "../../archive/scenes/make-scenes.ts";
import type { Scene } from "../../shared/domain/imagery.ts";
import { throwIfCancelled } from "../../shared/errors.ts";
import type { ProjectStore, SceneUpdate } from "../../store/project-store.ts";
import { breathe, type Work } from "../work.ts";

/** Scenes written in one transaction: few enough for a label to be committed soon. */
const SAVED_AT_ONCE = 250;
/** Scenes read and compared in one turn. */
const READ_AT_ONCE = 1000;

type Outcomes = ReadonlyMap<string, PendingOutcome>;

/** What is kept in memory of the scenes that a source has: archives may have very many. */
export interface SourceScenes {
  readonly scenes: readonly KnownScene[];
  readonly missing: ReadonlySet<number>;
  /** Fill values of scenes whose files are as they were: finding them out again would open the files. */
  readonly nodata: KnownNodata;
  /** The files of all scenes, quality layers included. */
  readonly files: ReadonlySet<string>;
}

export interface SavedScenes {
  readonly added: number;
  readonly changed: number;
}

export async function knownScenes(
  store: ProjectStore,
  sourceId: number,
  outcomes: Outcomes,
): Promise<SourceScenes> {
  const scenes: KnownScene[] = [];
  const missing = new Set<number>();
  const nodata = new Map<string, number | null>();
  const files = new Set<string>();
  for (let after = 0; ; ) {
    const page = store.storedScenes(sourceId, after, READ_AT_ONCE);
    for (const { id, scene, missing: isMissing } of page) {
      const { name, width, height } = scene;
      const own = filesOf(scene);
      scenes.push({ id, name, width, height, files: own });
      for (const file of own) files.add(file);
      if (scene.quality) files.add(scene.quality.file);
      if (isMissing) missing.add(id);
      if (own.every((file) => outcomes.get(file) !== "changed")) nodata.set(contentKey(scene), scene.nodata);
    }
    after = page.at(-1)?.id ?? after;
    if (page.length < READ_AT_ONCE) break;
    await breathe();
  }
  return { scenes, missing, files, nodata: (scene) => nodata.get(contentKey(scene)) };
}

function contentKey(scene: Scene): string {
  return [scene.bytes, scene.modified, ...filesOf(scene)].join("\n");
}

/**
 * Brings the stored scenes up to those that were found, in batches. Those that were not found stay, marked as missing.
 *
 * @param scan number of the scan, for the patches whose values changed
 */
export async function saveScenes(
  store: ProjectStore,
  source: { readonly id: number; readonly scan: number },
  known: SourceScenes,
  found: readonly Scene[],
  outcomes: Outcomes,
  work: Work,
): Promise<SavedScenes> {
  const { kept, added, missing } = reconcileScenes(known.scenes, found);
  const updates: SceneUpdate[] = added.map((scene) => ({
    id: null,
    scene,
    valuesChanged: false,
    recut: true,
  }));
  for (let start = 0; start < kept.length; start += READ_AT_ONCE) {
    throwIfCancelled(work.signal);
    const part = kept.slice(start, start + READ_AT_ONCE);
    const texts = store.sceneTexts(part.map(({ id }) => id));
    for (const one of part) {
      const update = updateOf(one, texts.get(one.id) ?? "", outcomes);
      if (update) updates.push(update);
      else if (known.missing.has(one.id)) updates.push({ ...one, valuesChanged: false, recut: false });
    }
    await breathe();
  }
  for (let start = 0; start < updates.length; start += SAVED_AT_ONCE) {
    throwIfCancelled(work.signal);
    store.updateScenes(source.id, source.scan, updates.slice(start, start + SAVED_AT_ONCE));
    const done = Math.min(start + SAVED_AT_ONCE, updates.length);
    work.progress({ done, total: updates.length, message: "Putting scenes together" });
    await breathe();
  }
  store.markScenesMissing(missing.filter((id) => !known.missing.has(id)));
  return { added: added.length, changed: updates.filter(({ valuesChanged }) => valuesChanged).length };
}

/** Null for a scene that is as it was. */
function updateOf({ id, scene }: KeptScene, text: string, outcomes: Outcomes): SceneUpdate | null {
  const isTold = (file: string) => {
    const outcome = outcomes.get(file);
    return outcome === "changed" || outcome === "new";
  };
  const isToldOf = filesOf(scene).some(isTold) || (scene.quality !== undefined && isTold(scene.quality.file));
  if (!isToldOf && text === JSON.stringify(scene)) return null;
  const before = JSON.parse(text) as Scene;
  // A scene remembers the sizes and times of its files: that tells what is new to the index, but not to the scene.
  const isOther = before.bytes !== scene.bytes || before.modified !== scene.modified;
  const isChanged = (file: string) => {
    const outcome = outcomes.get(file);
    return outcome === "changed" || (outcome === "new" && isOther);
  };
  const valuesChanged = valuesDiffer(before, scene, isChanged);
  const recut = valuesChanged || qualityDiffers(before, scene, isChanged);
  return { id, scene, valuesChanged, recut };
}

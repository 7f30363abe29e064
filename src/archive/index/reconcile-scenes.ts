import type { Scene } from "../../shared/domain/imagery.ts";

/** What has to be known of a scene that a project has, to find it again; its name is part of its patches' identity. */
export interface KnownScene {
  readonly id: number;
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** Of its bands, each once. */
  readonly files: readonly string[];
}

export interface KeptScene {
  readonly id: number;
  /** What the files say now, under the name that the scene has had. */
  readonly scene: Scene;
}

export interface ReconciledScenes {
  readonly kept: readonly KeptScene[];
  /** Under names that no known scene has. */
  readonly added: readonly Scene[];
  /** Known scenes with files that are in no scene any more. */
  readonly missing: readonly number[];
}

/**
 * Says which of the scenes that a scan found are the ones that a project has. A scene is the same where it has files
 * of it, whatever it would be called today: a file that appears beside old ones and would take their scene's name gets
 * another one. Where no file is the same, a scene of the same name and size whose files are all gone is replaced (a
 * file that was converted to another extension).
 *
 * @param known all scenes of the source, missing ones included
 * @param found with unique names
 */
export function reconcileScenes(known: readonly KnownScene[], found: readonly Scene[]): ReconciledScenes {
  const owner = new Map<number, KnownScene>();
  const kept = new Map<number, number>();
  const claim = (position: number, scene: KnownScene) => {
    owner.set(position, scene);
    kept.set(scene.id, position);
  };
  for (const { position, scene } of sharedFiles(known, found)) {
    if (!owner.has(position) && !kept.has(scene.id)) claim(position, scene);
  }
  const files = new Set(found.flatMap(filesOf));
  const isGone = (one: KnownScene) => one.files.every((file) => !files.has(file));
  const goneByName = new Map(
    known.filter((one) => !kept.has(one.id) && isGone(one)).map((one) => [one.name, one]),
  );
  for (const [position, scene] of found.entries()) {
    const same = owner.has(position) ? undefined : goneByName.get(scene.name);
    if (same && same.width === scene.width && same.height === scene.height) claim(position, same);
  }
  const taken = new Set(known.map(({ name }) => name));
  const result = { kept: [] as KeptScene[], added: [] as Scene[] };
  for (const [position, scene] of found.entries()) {
    const same = owner.get(position);
    if (same) {
      result.kept.push({ id: same.id, scene: { ...scene, name: same.name } });
    } else {
      const name = freeName(scene, taken);
      taken.add(name);
      result.added.push(name === scene.name ? scene : { ...scene, name });
    }
  }
  const missing = known
    .filter((one) => !kept.has(one.id) && one.files.some((file) => !files.has(file)))
    .map(({ id }) => id);
  return { ...result, missing };
}

/**
 * Whether the values of a scene's patches are others than before: a file with other content, or a band that comes from
 * elsewhere, is read in another way or is gone. Bands that are new do not change the ones that were there.
 *
 * @param isChanged whether a file, by path, has another content than when `before` was made
 */
export function valuesDiffer(before: Scene, now: Scene, isChanged: (file: string) => boolean): boolean {
  if (before.width !== now.width || before.height !== now.height || before.nodata !== now.nodata) return true;
  if (!isSame(before.alpha, now.alpha) || (now.alpha && isChanged(now.alpha.file))) return true;
  const bands = new Map(now.bands.map((band) => [band.name, band]));
  return before.bands.some((band) => !isSame(band, bands.get(band.name)) || isChanged(band.file));
}

/** Whether a scene has to be cut anew although its values are as before: its quality layer is another one. */
export function qualityDiffers(before: Scene, now: Scene, isChanged: (file: string) => boolean): boolean {
  return !isSame(before.quality, now.quality) || (now.quality !== undefined && isChanged(now.quality.file));
}

/** Of values that came out of JSON, or could. */
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Pairs with at least one file in common, those with most of them first. */
function sharedFiles(known: readonly KnownScene[], found: readonly Scene[]) {
  const byFile = new Map<string, KnownScene[]>();
  for (const scene of known) {
    for (const file of scene.files) {
      const owners = byFile.get(file);
      if (owners) owners.push(scene);
      else byFile.set(file, [scene]);
    }
  }
  const pairs: { position: number; scene: KnownScene; shared: number }[] = [];
  for (const [position, scene] of found.entries()) {
    const counts = new Map<KnownScene, number>();
    for (const file of filesOf(scene))
      for (const one of byFile.get(file) ?? []) counts.set(one, (counts.get(one) ?? 0) + 1);
    for (const [one, shared] of counts) pairs.push({ position, scene: one, shared });
  }
  const named = (pair: (typeof pairs)[number]) => (found[pair.position]?.name === pair.scene.name ? 0 : 1);
  return pairs.sort((a, b) => b.shared - a.shared || named(a) - named(b) || a.scene.id - b.scene.id);
}

/** The files of a scene's bands, each once. */
export function filesOf(scene: Scene): string[] {
  return [...new Set(scene.bands.map(({ file }) => file))];
}

function freeName(scene: Scene, taken: ReadonlySet<string>): string {
  if (!taken.has(scene.name)) return scene.name;
  const [file, ...more] = filesOf(scene);
  if (file !== undefined && more.length === 0 && !taken.has(file)) return file;
  let number = 2;
  while (taken.has(`${scene.name} (${number})`)) number++;
  return `${scene.name} (${number})`;
}

import { existsSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { compareFolder } from "../../archive/index/update-index.ts";
import { type SoughtFile, verifyFolder } from "../../archive/index/verify-folder.ts";
import type { RelocationCheck, SourceChanges, SourceStatus } from "../../shared/domain/sources.ts";
import { FieldmarkError } from "../../shared/errors.ts";
import type { ProjectStore, Source } from "../../store/project-store.ts";
import type { Work } from "../work.ts";

/** Files that are looked for to tell a source that is there from the empty folder its drive is mounted on. */
const LOOKED_FOR = 8;

/** The project's sources, with what their last scans found. */
export function sourceStatuses(store: ProjectStore): SourceStatus[] {
  return store.sources().map((source) => statusOf(store, source));
}

function statusOf(store: ProjectStore, source: Source): SourceStatus {
  const { id, name, folder, unreadable } = source;
  const { unfinished, report } = store.scanState(id);
  const { scenes, patches, missingPatches } = store.sourceTotals(id);
  return {
    id,
    name,
    folder,
    state: isThere(store, source) ? "available" : "missing",
    ...store.fileTotals(id),
    scenes,
    patches,
    missingPatches,
    unreadable: [...unreadable],
    scan: unfinished ? "unfinished" : report === null ? "never" : "finished",
    lastScan: report,
  };
}

/** A folder counts as there when at least one of a few of its files is: mount points stay when the drive is gone. */
function isThere(store: ProjectStore, { id, folder, available }: Source): boolean {
  if (!available) return false;
  const sample = store.someFiles(id, LOOKED_FOR);
  return sample.length === 0 || sample.some((path) => existsSync(join(folder, path)));
}

/** @throws FieldmarkError not-found */
export function requireSource(store: ProjectStore, id: number): Source {
  const source = store.sources().find((one) => one.id === id);
  if (source) return source;
  throw new FieldmarkError("not-found", `The project has no source with the id ${id}.`, { details: { id } });
}

/**
 * The source that a person means by its id, its name or its folder.
 *
 * @throws FieldmarkError not-found, naming those that there are
 */
export function findSource(store: ProjectStore, text: string): Source {
  const sources = store.sources();
  const found =
    sources.find(({ id, name }) => String(id) === text || name === text) ??
    sources.find(({ folder }) => folder === resolve(text));
  if (found) return found;
  const known = sources.map(({ id, name, folder }) => `${id} (${name}, ${folder})`).join("; ");
  throw new FieldmarkError("not-found", `The project has no source "${text}". Its sources: ${known}.`);
}

/** A source and how its folder compares with the index; changes nothing. `changes` is null for a missing folder. */
export async function checkSource(
  store: ProjectStore,
  id: number,
  work: Work,
): Promise<{ source: SourceStatus; changes: SourceChanges | null }> {
  const source = requireSource(store, id);
  const status = statusOf(store, source);
  if (status.state === "missing") return { source: status, changes: null };
  const options = { signal: work.signal, onProgress: work.progress };
  return { source: status, changes: await compareFolder(source.folder, store.files(id), options) };
}

/**
 * Says where the folder of a source is now, after comparing what lies there with what is known of the source. The
 * folder asked for may be the one that the source's folder lies in. Nothing but the path changes.
 *
 * @throws FieldmarkError `not-found`, `invalid-input` for the new folder
 */
export async function relocateSource(
  store: ProjectStore,
  id: number,
  folder: string,
  options: { readonly acceptPartial: boolean },
  work: Work,
): Promise<{ relocated: boolean; check: RelocationCheck; source: SourceStatus }> {
  const source = requireSource(store, id);
  const sought = soughtFiles(store, id);
  let check: Omit<RelocationCheck, "message"> | null = null;
  for (const place of possiblePlaces(resolve(folder), source.folder)) {
    work.progress({ done: 0, total: 0, message: `Looking into ${place}` });
    const next = await verifyFolder(place, sought, work.signal);
    if (check === null || next.found > check.found) check = next;
    if (next.verdict === "same") break;
  }
  if (check === null) throw new FieldmarkError("not-found", `There is no folder ${folder}. Check the path.`);
  const relocated = check.verdict === "same" || (check.verdict === "partly" && options.acceptPartial);
  if (relocated && check.folder !== source.folder) store.repointSource(id, check.folder);
  return {
    relocated,
    check: { ...check, message: describeCheck(check, relocated) },
    source: statusOf(store, requireSource(store, id)),
  };
}

/** The folder itself, and below it one of the source's own name: people choose the one around it as well. */
function possiblePlaces(folder: string, before: string): string[] {
  const inner = join(folder, basename(before));
  return statSync(inner, { throwIfNoEntry: false })?.isDirectory() ? [folder, inner] : [folder];
}

/** The index where there is one; projects of earlier versions have only their scenes' files. */
function soughtFiles(store: ProjectStore, sourceId: number): SoughtFile[] {
  const files = store.files(sourceId).filter(({ missing }) => !missing);
  if (files.length > 0) return files;
  return store.storedScenes(sourceId).flatMap(({ scene }) => {
    const paths = [...new Set(scene.bands.map(({ file }) => file))];
    return paths.map((path) => ({
      path,
      bytes: paths.length === 1 ? scene.bytes : null,
      fingerprint: null,
    }));
  });
}

function describeCheck(check: Omit<RelocationCheck, "message">, relocated: boolean): string {
  const { folder, verdict, files, found, sampled, different } = check;
  const content =
    sampled === 0
      ? ""
      : `, and of ${sampled} files that were looked into ${sampled - different} have the same content`;
  const counts = `${found} of the source's ${files} files are in ${folder} with their size${content}`;
  if (verdict === "other") {
    return found === 0
      ? `${folder} holds none of the source's ${files} files. Nothing was changed; choose the folder that holds the same imagery.`
      : `${counts}. This is other imagery under the same names, so nothing was changed.`;
  }
  if (verdict === "same") return `${counts}. The source is there now; patches and labels are as they were.`;
  return relocated
    ? `${counts}. The source is there now; scan it to see which patches have no imagery.`
    : `${counts}. Nothing was changed yet: use this folder anyway if the rest is meant to be missing or different.`;
}

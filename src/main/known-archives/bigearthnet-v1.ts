import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { mapLimited } from "../../archive/scenes/concurrency.ts";
import { FieldmarkError } from "../../shared/errors.ts";
import type { Work } from "../work.ts";
import { CORINE_TO_19 } from "./corine-nomenclature.ts";
import { type FolderListing, findFile } from "./folder-listing.ts";
import type { ArchiveLabels, ArchiveRecogniser } from "./known-archive.ts";
import { completeTable, type ImageClasses, presetClasses } from "./label-tables.ts";
import { countSplits, readSplitLists, type SplitList } from "./split-lists.ts";

const PATCH_FOLDER = /^S[12][AB]_.+_\d+_\d+$/;
const OPEN_FILES = 16;
/** A folder with more folders than this holds patches itself or nothing that is looked for. */
const MOST_PARTS = 20;

const metadataSchema = z.object({ labels: z.array(z.string()) });

function metadataName(patch: string): string {
  return `${patch}_labels_metadata.json`;
}

interface PatchPlace {
  readonly folder: string;
  readonly patches: readonly string[];
}

/** The folder's patches, when they are laid out as BigEarthNet v1's are. */
async function patchesIn(listing: FolderListing, folder: string): Promise<PatchPlace | null> {
  const patches = (await listing.read(folder)).folders.filter((name) => PATCH_FOLDER.test(name));
  const [first] = patches;
  if (first === undefined) return null;
  const metadata = await findFile(listing, join(folder, first), metadataName(first));
  return metadata === null ? null : { folder, patches };
}

/** Patches in the chosen folder or in those directly below it, Sentinel-2 before Sentinel-1. */
async function findPlaces(listing: FolderListing, folder: string): Promise<PatchPlace[]> {
  const here = await patchesIn(listing, folder);
  if (here) return [here];
  const { folders } = await listing.read(folder);
  if (folders.length > MOST_PARTS) return [];
  const places = await Promise.all(folders.map((name) => patchesIn(listing, join(folder, name))));
  const isRadar = ({ patches }: PatchPlace) => Number(patches[0]?.startsWith("S1") ?? false);
  return places.filter((place) => place !== null).sort((a, b) => isRadar(a) - isRadar(b));
}

/** The lists of the 19-class nomenclature's splits, with the archive's own or torchgeo's names. */
async function findSplitLists(listing: FolderListing, folders: readonly string[]): Promise<SplitList[]> {
  const lists: SplitList[] = [];
  for (const [word, split] of [
    ["train", "pool"],
    ["val", "val"],
    ["test", "test"],
  ] as const) {
    for (const folder of folders) {
      const file =
        (await findFile(listing, folder, `${word}.csv`)) ??
        (await findFile(listing, folder, `bigearthnet-${word}.csv`));
      if (file === null) continue;
      lists.push({ file, split });
      break;
    }
  }
  return lists;
}

/** Null where a patch has only classes that the nomenclature leaves out: then nothing can be said about the 19. */
function inNomenclature(labels: readonly string[]): string[] | null {
  const classes = labels.flatMap((label) => {
    const name = CORINE_TO_19[label];
    if (name === undefined) throw new FieldmarkError("unknown-class", `"${label}" is no class of CORINE.`);
    return name ?? [];
  });
  return classes.length > 0 ? classes : null;
}

async function readArchive(
  place: PatchPlace,
  lists: readonly SplitList[],
  work: Work,
): Promise<ArchiveLabels> {
  const unreadable: { path: string; message: string }[] = [];
  let done = 0;
  const images = await mapLimited(
    place.patches,
    OPEN_FILES,
    async (patch): Promise<ImageClasses | null> => {
      const path = `${patch}/${metadataName(patch)}`;
      try {
        const text = await readFile(join(place.folder, path), "utf8");
        const { labels } = metadataSchema.parse(JSON.parse(text));
        return { image: patch, present: inNomenclature(labels) };
      } catch (error) {
        unreadable.push({
          path,
          message: error instanceof FieldmarkError ? error.message : "The file is damaged or missing.",
        });
        return null;
      } finally {
        done++;
        if (done % 500 === 0 || done === place.patches.length)
          work.progress({ done, total: place.patches.length, message: "Reading labels" });
      }
    },
    work.signal,
  );
  return {
    table: completeTable(
      presetClasses("bigearthnet-19").map(({ name }) => name),
      images.filter((image) => image !== null),
    ),
    splits: lists.length > 0 ? await readSplitLists(lists) : null,
    unreadable,
  };
}

/**
 * BigEarthNet v1 (Sumbul et al. 2019, 2021): a folder per patch with a file per band and
 * `…_labels_metadata.json`. Its 43 CORINE classes are taken over as the 19-class nomenclature.
 */
export const bigearthnetV1 = {
  id: "bigearthnet-v1",
  name: "BigEarthNet v1",
  async recognise(folder, listing) {
    const places = await findPlaces(listing, folder);
    const [place] = places;
    if (!place) return null;
    const lists = await findSplitLists(listing, [place.folder, dirname(place.folder)]);
    return {
      description: `${place.patches.length} patches of BigEarthNet v1; their CORINE classes become the 19-class nomenclature.`,
      kind: "multi-label",
      classes: presetClasses("bigearthnet-19"),
      imagery: places.length > 1 ? place.folder : folder,
      labelFile: place.folder,
      images: place.patches.length,
      splits: lists.length > 0 ? countSplits(await readSplitLists(lists)) : null,
      problem: null,
      read: (work) => readArchive(place, lists, work),
    };
  },
} as const satisfies ArchiveRecogniser;

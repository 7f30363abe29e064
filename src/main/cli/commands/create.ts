import { Option } from "commander";
import { describeQuality } from "../../../archive/describe-quality.ts";
import { suggestGrid } from "../../../archive/grid.ts";
import {
  CLOUD_PROBABILITY,
  DEFAULT_GRID,
  type Grid,
  UNUSABLE_SCENE_CLASSES,
} from "../../../shared/domain/imagery.ts";
import type { ProjectKind } from "../../../shared/domain/learning.ts";
import { ARCHIVE_RECOGNISERS, recogniseArchive } from "../../known-archives/index.ts";
import { describeArchive, type KnownArchive } from "../../known-archives/known-archive.ts";
import { readTaxonomy } from "../../taxonomy/read-taxonomy.ts";
import {
  describeImport,
  importIntoNewProject,
  type KnownImport,
  requireKnownArchive,
} from "../../use-cases/known-import.ts";
import { projectFolderOf } from "../../use-cases/project-folder.ts";
import { type AddedImagery, setUpProject } from "../../use-cases/project-set-up.ts";
import { numbers, patchSize, percent, share, wholeNumber } from "../arguments.ts";
import type { DefineCommand } from "../define-command.ts";

interface CreateOptions {
  readonly source: string;
  readonly patchSize?: number | "whole";
  readonly stride?: number;
  readonly edges: Grid["edges"];
  readonly nodataLimit: number;
  readonly cloudLimit: number;
  readonly cloudClasses?: number[];
  readonly cloudProbability?: number;
  readonly taxonomy?: string;
  readonly kind?: ProjectKind;
  readonly importLabels?: boolean;
  readonly json?: boolean;
}

/** Options that name no patch size leave the choice to the imagery. */
function gridOf(options: CreateOptions, note: (text: string) => void) {
  const { patchSize: size, stride, edges, nodataLimit, cloudLimit, cloudClasses, cloudProbability } = options;
  return (scenes: Parameters<typeof suggestGrid>[0]): Grid => {
    const quality = describeQuality(scenes);
    if (quality !== null && cloudLimit < 1) note(`Quality layers say where clouds are in ${quality}.`);
    return {
      ...(size === undefined ? suggestGrid(scenes) : { ...DEFAULT_GRID, patchSize: size }),
      stride: stride ?? null,
      edges,
      nodataLimit,
      cloudLimit,
      ...(cloudClasses === undefined ? {} : { cloudClasses }),
      ...(cloudProbability === undefined ? {} : { cloudProbability }),
    };
  };
}

/** What could be taken over from the folder, for somebody who didn't ask. */
function hintOf({ name, description, problem }: KnownArchive): string {
  return problem === null
    ? `The folder looks like a known archive (${name}): ${description} With --import-labels its labels come along.`
    : `The folder looks like a known archive (${name}). ${problem}`;
}

function describeLeftOut({ tooMuchNodata, cloudy }: AddedImagery): string {
  if (tooMuchNodata === 0 && cloudy === 0) return "";
  if (cloudy === 0) return ` (${tooMuchNodata} left out for nodata)`;
  return tooMuchNodata === 0
    ? ` (${cloudy} left out for clouds)`
    : ` (${tooMuchNodata} left out for nodata, ${cloudy} for clouds)`;
}

/** A new project from a folder of imagery. */
export const createCommand: DefineCommand = (program, { run }) =>
  program
    .command("create")
    .description("make a project from a folder of GeoTIFFs")
    .argument("<project>", "the project's folder; .fieldmark is appended when missing")
    .requiredOption("--source <dir>", "folder of imagery; it is never written to")
    .option(
      "--patch-size <n|whole>",
      "side of a patch in pixels, or whole files (default: what suits the imagery)",
      patchSize,
    )
    .option("--stride <n>", "distance between patches in pixels (default: the patch size)", wholeNumber(1))
    .addOption(
      new Option("--edges <rule>", "windows over the right and lower edge are dropped, or shifted inside")
        .choices(["drop", "shift"])
        .default(DEFAULT_GRID.edges),
    )
    .option(
      "--nodata-limit <share>",
      "leave out patches with a larger share of nodata",
      share,
      DEFAULT_GRID.nodataLimit,
    )
    .option(
      "--cloud-limit <share>",
      "leave out patches of which a quality layer (SCL, QA, cloud mask) calls a larger share unusable; 1 keeps all",
      share,
      DEFAULT_GRID.cloudLimit,
    )
    .option(
      "--cloud-classes <list>",
      `classes of Sentinel-2's scene classification that count as unusable (default: ${UNUSABLE_SCENE_CLASSES.join(",")})`,
      numbers(0, 11),
    )
    .option(
      "--cloud-probability <percent>",
      `cloud probability above which a pixel counts as cloud (default: ${CLOUD_PROBABILITY})`,
      percent,
    )
    .option("--taxonomy <file|preset>", "classes from a JSON or CSV file, or a preset")
    .addOption(
      new Option(
        "--kind <kind>",
        "several classes a patch, or exactly one (default: multi-label, or what imported labels are)",
      ).choices(["multi-label", "single-label"]),
    )
    .option(
      "--import-labels",
      "take over the labels, splits and classes of an archive whose layout is known; fails when it is not",
    )
    .addHelpText("after", `\nKnown archives:\n  ${ARCHIVE_RECOGNISERS.map(({ name }) => name).join("\n  ")}`)
    .action((project: string, options: CreateOptions) =>
      run(options, async ({ work, print, note }) => {
        const known = options.importLabels
          ? await requireKnownArchive(options.source)
          : await recogniseArchive(options.source);
        const archive = options.importLabels ? known : null;
        const classes =
          options.taxonomy === undefined ? (archive?.classes ?? []) : await readTaxonomy(options.taxonomy);
        const { store, added } = await setUpProject(
          {
            folder: projectFolderOf(project),
            kind: options.kind ?? archive?.kind ?? "multi-label",
            source: archive?.imagery ?? options.source,
            grid: gridOf(options, note),
            classes,
          },
          work,
        );
        const { grid } = store.project();
        let imported: KnownImport | null = null;
        try {
          if (archive) imported = await importIntoNewProject(store, archive, work);
        } finally {
          store.close();
        }
        if (known && !archive) note(hintOf(known));
        for (const { path, message } of added.unreadable) note(`Passed over ${path}: ${message}`);
        const leftOut = describeLeftOut(added);
        const unreadable = added.unreadable.length > 0 ? `, ${added.unreadable.length} files unreadable` : "";
        print(
          {
            project: store.paths.folder,
            scenes: added.scenes,
            patches: added.patches,
            tooMuchNodata: added.tooMuchNodata,
            cloudy: added.cloudy,
            unreadable: added.unreadable,
            grid,
            classes: classes.length,
            knownArchive: known && describeArchive(known),
            imported,
          },
          `${store.paths.folder}: ${added.patches} patches of ${added.scenes} scenes${leftOut}${unreadable}, ${classes.length} classes.${imported ? ` ${describeImport(imported)}` : ""}`,
        );
      }),
    );

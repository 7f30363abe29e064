import { InvalidArgumentError, Option } from "commander";
import { type SplitMethod, splitMethodSchema } from "../../../shared/domain/splits.ts";
import type { SplitCounts } from "../../../store/project-store.ts";
import { checkSplits, makeSplits, type SplitFacts } from "../../use-cases/splits.ts";
import { share, wholeNumber } from "../arguments.ts";
import type { DefineCommand } from "../define-command.ts";

interface MakeOptions {
  readonly by: SplitMethod;
  readonly val: number;
  readonly test: number;
  readonly seed: number;
  readonly blockSize?: number;
  readonly gap?: boolean;
  readonly json?: boolean;
}

function metres(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError("A length in metres was expected.");
}

function sizes({ pool, val, test, none }: SplitCounts): string {
  return `pool ${pool}, val ${val}, test ${test}${none > 0 ? `, none ${none}` : ""}`;
}

/** The warning, and what can't be known; null when there is nothing to say. */
function warningOf({ leakage: { pairs, patches }, unplaced }: SplitFacts): string | null {
  const sentences: string[] = [];
  if (pairs > 0) {
    sentences.push(
      `Warning: the splits leak. ${patches.val} patches of val, ${patches.test} of test and ${patches.pool} of the pool touch or overlap a patch of another split (${pairs} pairs), which makes metrics look better than they are. splits make --gap leaves such patches out.`,
    );
  }
  if (unplaced > 0) {
    sentences.push(
      `${unplaced} patches have no position on the ground: whether their files show neighbouring places is not known.`,
    );
  }
  return sentences.length > 0 ? sentences.join("\n") : null;
}

const defineMake: DefineCommand = (splits, { run }) =>
  splits
    .command("make")
    .description("divide the patches into pool, val and test; takes the place of splits that are there")
    .argument("<project>")
    .addOption(
      new Option("--by <way>", "what stays together: blocks on the ground, scenes, or (random) nothing")
        .choices(splitMethodSchema.options)
        .default("blocks"),
    )
    .option("--val <share>", "share of the val split", share, 0.2)
    .option("--test <share>", "share of the test split", share, 0.2)
    .option("--seed <n>", "the same seed gives the same splits", wholeNumber(0), 1)
    .option(
      "--block-size <metres>",
      "side of a block (default: the largest that still gives 20 blocks, 2 to 64 patches)",
      metres,
    )
    .option("--gap", "leave out patches that touch or overlap a patch of another split")
    .action((project: string, options: MakeOptions) =>
      run(options, async ({ openProject, print, note, work }) => {
        const { by, seed, val, test, gap = false, blockSize = null } = options;
        const request = { method: by, seed, val, test, gap, blockSize };
        const made = await makeSplits(openProject(project), request, work);
        const warning = warningOf(made);
        if (made.replaced) note(`The splits that were there (${sizes(made.replaced)}) were replaced.`);
        if (warning !== null) note(warning);
        const size = made.blockSize === null ? "" : ` of ${Math.round(made.blockSize)} m`;
        const way = by === "random" ? "at random" : `by ${made.groups} ${by}${size}`;
        const gapWords = made.leftOut > 0 ? ` ${made.leftOut} patches were left out for the gap.` : "";
        print({ by, seed, ...made }, `Splits ${way}, seed ${seed}: ${sizes(made.splits)}.${gapWords}`);
      }),
    );

const defineCheck: DefineCommand = (splits, { run }) =>
  splits
    .command("check")
    .description("count the splits and warn where patches of different splits touch or overlap")
    .argument("<project>")
    .action((project: string, options: { json?: boolean }) =>
      run(options, async ({ openProject, print, note, work }) => {
        const checked = await checkSplits(openProject(project, { readOnly: true }), work);
        if (!checked) {
          print({ splits: null }, "The project has no splits: every patch is in the pool.");
          return;
        }
        const warning = warningOf(checked);
        if (warning !== null) note(warning);
        const leaks =
          checked.leakage.pairs > 0 || checked.unplaced > 0
            ? ""
            : " No two patches of different splits touch.";
        print(checked, `Splits: ${sizes(checked.splits)}.${leaks}`);
      }),
    );

/** `splits make` and `splits check`. */
export const splitsCommand: DefineCommand = (program, runner) => {
  const splits = program.command("splits").description("make and check pool, val and test splits");
  defineMake(splits, runner);
  defineCheck(splits, runner);
  return splits;
};

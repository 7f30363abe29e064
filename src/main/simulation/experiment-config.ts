import { z } from "zod";
import { optionValuesSchema } from "../../shared/domain/learning.ts";
import { FieldmarkError } from "../../shared/errors.ts";
import { describeIssues } from "../../shared/rpc/server.ts";
import { readTextFile } from "../read-text-file.ts";

const seed = z.number().int().nonnegative();
const optionsOf = optionValuesSchema.default({});

const chosenSchema = z.union([
  z
    .string()
    .min(1)
    .transform((id) => ({ id, options: {} })),
  z.strictObject({ id: z.string().min(1), options: optionsOf }),
]);

const functionSchema = z.union([
  z
    .string()
    .min(1)
    .transform((id) => ({ id, name: id, options: {} })),
  z
    .strictObject({ id: z.string().min(1), name: z.string().min(1).optional(), options: optionsOf })
    .transform(({ id, name, options }) => ({ id, name: name ?? id, options })),
]);

const unlike = <T>(items: readonly T[]) => new Set(items).size === items.length;
const several = <T extends z.ZodType>(item: T) =>
  z.array(item).min(1).refine(unlike, "every value may appear once");

/** What `simulate --config` reads; `docs/simulation.md` explains each entry. Parsed configurations parse again. */
export const experimentConfigSchema = z
  .strictObject({
    /** The project's where missing. Not looked at where a network is trained. */
    encoder: z.string().min(1).optional(),
    /** `name` tells two entries with the same id apart. */
    functions: z
      .array(functionSchema)
      .min(1)
      .refine(
        (entries) => unlike(entries.map(({ name }) => name)),
        'give functions that appear twice a "name"',
      ),
    /** One trial a seed. */
    seeds: several(seed).optional(),
    /** Or `trials` trials of one seed. */
    seed: seed.optional(),
    trials: z.number().int().positive().optional(),
    /** Patches labelled at the start, drawn at random. */
    initial: z.number().int().positive(),
    /** Patches a round (b). */
    budgets: several(z.number().int().positive()),
    /** β of the functions that have one; their own option where missing. */
    beta: several(z.number().min(1)).optional(),
    warmStart: several(z.boolean()).default([false]),
    head: chosenSchema.optional(),
    network: chosenSchema.optional(),
    /** Rounds after the start; or as many as stay within `labels` labelled patches. */
    rounds: z.number().int().nonnegative().optional(),
    labels: z.number().int().positive().optional(),
    untilF1: z.number().min(0).max(1).nullable().default(null),
    flat: z
      .strictObject({ patience: z.number().int().positive(), epsilon: z.number().min(0).max(1) })
      .nullable()
      .default(null),
    /** Labelled patches, from and to, between which gains over `random` are averaged; all rounds where missing. */
    gainRange: z.tuple([z.number().int().nonnegative(), z.number().int().positive()]).optional(),
    /** Micro F1 (0–1) for which the report says how many labels were needed. */
    marks: z.array(z.number().gt(0).lt(1)).optional(),
  })
  .refine(({ seeds, seed: one }) => (seeds === undefined) !== (one === undefined), {
    message: 'give either "seeds" or "seed" (with "trials")',
  })
  .refine(({ seeds, trials }) => seeds === undefined || trials === undefined, {
    message: '"trials" goes with "seed"; each of "seeds" is one trial',
  })
  .refine(({ rounds, labels }) => (rounds === undefined) !== (labels === undefined), {
    message: 'give either "rounds" or "labels"',
  })
  .refine(({ initial, labels }) => labels === undefined || labels >= initial, {
    message: '"labels" must be at least "initial"',
  })
  .refine(({ head, network }) => head === undefined || network === undefined, {
    message: 'give either "head" or "network"',
  })
  .refine(({ gainRange }) => gainRange === undefined || gainRange[0] <= gainRange[1], {
    message: '"gainRange" goes from fewer to more labels',
  });
export type ExperimentConfig = z.output<typeof experimentConfigSchema>;
export type ExperimentInput = z.input<typeof experimentConfigSchema>;

/** Entries that change what is reported, not what is computed. */
export const REPORT_KEYS = ["gainRange", "marks"] as const satisfies readonly (keyof ExperimentConfig)[];

/** @throws FieldmarkError `invalid-input` naming the file and the entry that is wrong */
export async function readExperimentConfig(file: string): Promise<ExperimentConfig> {
  const refuse = (problem: string, cause: unknown) =>
    new FieldmarkError("invalid-input", `The simulation's configuration ${file} can't be used: ${problem}.`, {
      details: { file },
      cause,
    });
  const text = await readTextFile(file);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw refuse("it is not valid JSON", cause);
  }
  const parsed = experimentConfigSchema.safeParse(value);
  if (!parsed.success) throw refuse(describeIssues(parsed.error), parsed.error);
  return parsed.data;
}

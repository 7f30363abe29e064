import type { OptionValues, RegistryEntry } from "../../shared/domain/learning.ts";
import { FieldmarkError } from "../../shared/errors.ts";
import type { ExperimentConfig } from "./experiment-config.ts";

/** Values of what an experiment varies beside the query function. */
export interface Conditions {
  readonly budget: number;
  /** Null where it is not varied, or the function has none. */
  readonly beta: number | null;
  readonly warmStart: boolean;
}

/** One curve: a query function under some conditions, over all trials. */
export interface Series extends Conditions {
  /** The conditions in words: "b=20, β=3, cold start". */
  readonly variant: string;
  /** The function's id, or what the configuration calls it. */
  readonly name: string;
  readonly functionId: string;
  readonly options: OptionValues;
  /** Rounds after the start. */
  readonly rounds: number;
}

export interface Trial {
  /** From 0; as rows give it. */
  readonly trial: number;
  readonly seed: number;
  /** Its number among the trials of its seed: the engine's. */
  readonly ofSeed: number;
}

/** The smallest part that is computed and kept on its own. */
export interface Unit {
  readonly series: Series;
  readonly trial: Trial;
}

export interface Plan {
  readonly series: readonly Series[];
  readonly trials: readonly Trial[];
  /** In the order in which they run: every function of a trial before the next trial, so that parts compare. */
  readonly units: readonly Unit[];
}

/** Names of the options that an entry has. */
export function optionNames({ options }: Pick<RegistryEntry, "options">): readonly string[] {
  const { properties } = options;
  return typeof properties === "object" && properties !== null ? Object.keys(properties) : [];
}

/** The query function with this id. @throws FieldmarkError `invalid-input` naming the known ids */
export function findFunction(registry: readonly RegistryEntry[], id: string): RegistryEntry {
  const entry = registry.find((candidate) => candidate.id === id);
  if (entry) return entry;
  const known = registry.map((candidate) => candidate.id).join(", ");
  throw new FieldmarkError("invalid-input", `There is no query function named "${id}". Known are: ${known}.`);
}

export function variantName({ budget, beta, warmStart }: Conditions): string {
  const parts = [
    `b=${budget}`,
    ...(beta === null ? [] : [`β=${beta}`]),
    warmStart ? "warm start" : "cold start",
  ];
  return parts.join(", ");
}

/**
 * Variants × functions × trials. A function without β runs once for all values of it.
 * @throws FieldmarkError `invalid-input` for functions and options that are not there
 */
export function planExperiment(config: ExperimentConfig, registry: readonly RegistryEntry[]): Plan {
  const series = config.budgets.flatMap((budget) =>
    config.warmStart.flatMap((warmStart) =>
      config.functions.flatMap(({ id, name, options }) => {
        const names = optionNames(findFunction(registry, id));
        const unknown = Object.keys(options).find((option) => !names.includes(option));
        if (unknown !== undefined) {
          throw new FieldmarkError(
            "invalid-input",
            `The query function "${id}" has no option named "${unknown}".${names.length > 0 ? ` It has: ${names.join(", ")}.` : ""}`,
          );
        }
        const fixed = !names.includes("beta") || "beta" in options;
        const betas = fixed ? [null] : (config.beta ?? [null]);
        return betas.map((beta): Series => {
          const conditions = { budget, beta, warmStart };
          return {
            ...conditions,
            variant: variantName(conditions),
            name,
            functionId: id,
            options: beta === null ? options : { ...options, beta },
            rounds: roundsOf(config, budget),
          };
        });
      }),
    ),
  );
  const trials = trialsOf(config);
  return { series, trials, units: trials.flatMap((trial) => series.map((one) => ({ series: one, trial }))) };
}

function trialsOf({ seeds, seed = 0, trials = 1 }: ExperimentConfig): Trial[] {
  return seeds
    ? seeds.map((one, trial) => ({ trial, seed: one, ofSeed: 0 }))
    : Array.from({ length: trials }, (_, trial) => ({ trial, seed, ofSeed: trial }));
}

function roundsOf({ rounds, labels, initial }: ExperimentConfig, budget: number): number {
  return rounds ?? Math.floor(((labels ?? initial) - initial) / budget);
}

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { type SimulationRow, simulationRowSchema } from "../../shared/contracts/engine.ts";
import { FieldmarkError } from "../../shared/errors.ts";
import { writeFileAtomically } from "../atomic-files.ts";
import { type ExperimentConfig, REPORT_KEYS } from "./experiment-config.ts";
import type { Unit } from "./plan.ts";

const FOLDER = "runs";
const IDENTITY_FILE = "experiment.json";

/** All that the rows depend on. */
export interface ExperimentIdentity {
  readonly config: ExperimentConfig;
  /** Of labels, splits and classes. */
  readonly labels: string;
  readonly version: string;
}

const identitySchema = z.object({
  config: z.record(z.string(), z.unknown()),
  labels: z.string(),
  version: z.string(),
});

const unitSchema = z.object({ finished: z.boolean(), rows: z.array(simulationRowSchema) });

/** What to do with runs that another experiment left. */
export type OnOther = "refuse" | "replace";

/** The results of each unit of an experiment, kept one file each, so that an interrupted one goes on. */
export interface RunFolder {
  /** Rows of a unit so far; none where it was not begun, or its file is damaged. */
  read(unit: Unit): Promise<{ readonly finished: boolean; readonly rows: readonly SimulationRow[] }>;
  write(unit: Unit, rows: readonly SimulationRow[], finished: boolean): Promise<void>;
}

/**
 * Opens `folder/runs` for this experiment.
 * @param restart forgets what is there
 * @throws FieldmarkError `invalid-input` where it holds runs of another experiment, unless they are to be replaced
 */
export async function openRunFolder(
  folder: string,
  identity: ExperimentIdentity,
  { restart, onOther }: { readonly restart: boolean; readonly onOther: OnOther },
): Promise<RunFolder> {
  const runs = join(folder, FOLDER);
  const identityFile = join(runs, IDENTITY_FILE);
  const own = comparable(identity);
  const kept = restart ? null : await readJson(identityFile, identitySchema);
  const change = kept && difference(kept, own);
  if (change && onOther === "refuse") {
    throw new FieldmarkError(
      "invalid-input",
      `${folder} holds the runs of another simulation: ${change}. Give another --out folder, or start anew with --restart.`,
      { details: { folder } },
    );
  }
  if (!kept || change) {
    await rm(runs, { recursive: true, force: true });
    await writeFileAtomically(identityFile, `${JSON.stringify(own, null, 1)}\n`);
  }
  const fileOf = (unit: Unit) => join(runs, unitFile(unit));
  return {
    read: async (unit) => (await readJson(fileOf(unit), unitSchema)) ?? { finished: false, rows: [] },
    write: (unit, rows, finished) =>
      writeFileAtomically(fileOf(unit), `${JSON.stringify({ unit, finished, rows })}\n`),
  };
}

/** Readable, and different for units that differ in anything. */
export function unitFile({ series, trial }: Unit): string {
  const { name, budget, beta, warmStart } = series;
  const words = [
    name,
    `b${budget}`,
    ...(beta === null ? [] : [`beta${beta}`]),
    warmStart ? "warm" : "cold",
    `seed${trial.seed}`,
    `trial${trial.ofSeed}`,
  ];
  const hash = createHash("sha256").update(JSON.stringify({ series, trial })).digest("hex").slice(0, 8);
  return `${words.join("-").replaceAll(/[^\w+.-]/g, "_")}-${hash}.json`;
}

function comparable({ config, labels, version }: ExperimentIdentity): z.infer<typeof identitySchema> {
  const reportKeys: ReadonlySet<string> = new Set(REPORT_KEYS);
  const computed = Object.entries(config).filter(
    ([key, value]) => !reportKeys.has(key) && value !== undefined,
  );
  return { config: Object.fromEntries(computed), labels, version };
}

/** What differs, in words; null where nothing does. */
function difference(
  kept: z.infer<typeof identitySchema>,
  own: z.infer<typeof identitySchema>,
): string | null {
  const keys = new Set([...Object.keys(kept.config), ...Object.keys(own.config)]);
  const changed = Array.from(keys).filter(
    (key) => JSON.stringify(kept.config[key]) !== JSON.stringify(own.config[key]),
  );
  if (changed.length > 0)
    return `its configuration differs in ${changed.map((key) => `"${key}"`).join(", ")}`;
  if (kept.labels !== own.labels) return "the project's labels, splits or classes have changed since";
  if (kept.version !== own.version) return `it was made by Fieldmark ${kept.version}`;
  return null;
}

async function readJson<T>(file: string, schema: z.ZodType<T>): Promise<T | null> {
  if (!existsSync(file)) return null;
  const text = await readFile(file, "utf8");
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

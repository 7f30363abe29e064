import { join } from "node:path";
import type { z } from "zod";
import {
  type SimulationConfig,
  type SimulationRow,
  simulationConfigSchema,
} from "../../shared/contracts/engine.ts";
import { FieldmarkError } from "../../shared/errors.ts";
import type { ProjectStore } from "../../store/project-store.ts";
import { writeFileAtomically } from "../atomic-files.ts";
import type { EngineHost } from "../engine-host/engine-host.ts";
import { type ReportFacts, simulationReport } from "../simulation-report/html.ts";
import type { Work } from "../work.ts";
import { callOptions, encodeProject } from "./encoding.ts";
import { finishedPatches } from "./patch-sets.ts";

const SPLIT_CODES = { pool: 0, val: 1, test: 2 } as const;

export interface SimulationRequest {
  readonly encoder: string;
  /** Head and options default to the engine's. */
  readonly config: z.input<typeof simulationConfigSchema>;
}

export interface SimulationOutcome {
  readonly rows: readonly SimulationRow[];
  readonly config: SimulationConfig;
  readonly facts: ReportFacts;
}

/**
 * Replays rounds on the project's finished labels: confirmed patches, with the project's splits.
 * Errors: `no-labels` without a confirmed pool or without a val or test split to measure on.
 */
export async function simulateProject(
  store: ProjectStore,
  engine: EngineHost,
  request: SimulationRequest,
  work: Work,
): Promise<SimulationOutcome> {
  const finished = finishedPatches(store);
  const sizes = { pool: 0, val: 0, test: 0 };
  for (const { split } of finished) sizes[split]++;
  if (sizes.pool === 0) {
    throw new FieldmarkError(
      "no-labels",
      "A simulation replays finished labels, and this project has no confirmed patches in its pool. Import labels first.",
    );
  }
  if (sizes.val + sizes.test === 0) {
    throw new FieldmarkError(
      "no-labels",
      'A simulation needs labelled patches to measure on, and this project has none in the splits "val" or "test". Import splits with "fieldmark labels import PROJECT FILE --splits FILE".',
    );
  }
  const config = simulationConfigSchema.parse(request.config);
  if (config.initial >= sizes.pool) {
    throw new FieldmarkError(
      "invalid-input",
      `The initial set (${config.initial}) must be smaller than the pool (${sizes.pool} labelled patches).`,
    );
  }
  const { folder } = await encodeProject(store, engine, request.encoder, work);
  const ids = Int32Array.from(finished, ({ id }) => id);
  const { rows } = await engine.call(
    "simulate",
    {
      embeddings: folder,
      kind: store.project().kind,
      classIds: store.classes().map(({ id }) => id),
      labels: { ids, states: store.labelMatrix(ids) },
      splits: Uint8Array.from(finished, ({ split }) => SPLIT_CODES[split]),
      config,
    },
    callOptions(work),
  );
  return {
    rows,
    config,
    facts: {
      project: store.project().name,
      encoder: request.encoder,
      sizes,
      createdAt: new Date().toISOString(),
    },
  };
}

/** Writes `results.json` and `report.html`; each file is replaced as a whole. */
export async function writeSimulation(outcome: SimulationOutcome, folder: string): Promise<void> {
  const { rows, config, facts } = outcome;
  const document = { rows, config: { ...config, ...facts } };
  await writeFileAtomically(join(folder, "results.json"), `${JSON.stringify(document, null, 1)}\n`);
  await writeFileAtomically(join(folder, "report.html"), simulationReport(rows, config, facts));
}

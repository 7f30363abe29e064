import type { SimulationRow } from "../../shared/contracts/engine.ts";
import { throwIfCancelled } from "../../shared/errors.ts";
import type { EngineHost } from "../engine-host/engine-host.ts";
import type { Work } from "../work.ts";
import type { Unit } from "./plan.ts";
import type { RunFolder } from "./run-folder.ts";

/** Has the engine compute a unit; `earlier` are its rows from an interrupted run. */
export type ComputeUnit = (
  engine: EngineHost,
  unit: Unit,
  earlier: readonly SimulationRow[],
  signal: AbortSignal,
) => Promise<readonly SimulationRow[]>;

/**
 * Computes what is missing of the units, one at a time in each engine, and keeps every round as soon as it is
 * measured. The first failure ends the others; what was measured stays.
 */
export async function runUnits(
  units: readonly Unit[],
  folder: RunFolder,
  engines: readonly EngineHost[],
  compute: ComputeUnit,
  work: Work,
): Promise<void> {
  const states = await Promise.all(units.map(async (unit) => ({ unit, ...(await folder.read(unit)) })));
  const open = states.filter(({ finished }) => !finished);
  const total = units.reduce((sum, { series }) => sum + series.rounds + 1, 0);
  let done = states.reduce(
    (sum, { unit, finished, rows }) => sum + (finished ? unit.series.rounds + 1 : rows.length),
    0,
  );
  const stop = new AbortController();
  const signal = work.signal ? AbortSignal.any([work.signal, stop.signal]) : stop.signal;
  const report = ({ series, trial }: Unit, round: number | null) => {
    const at = round === null ? "" : `, round ${round} of ${series.rounds}`;
    const message = `${series.name}, ${series.variant}, seed ${trial.seed}, trial ${trial.trial + 1}${at}`;
    work.progress({ done, total, message });
  };

  async function runUnit(engine: EngineHost, unit: Unit, known: readonly SimulationRow[]): Promise<void> {
    const rows = [...known];
    let writing = Promise.resolve();
    let failure: unknown = null;
    report(unit, null);
    const unsubscribe = engine.on("simulationRow", (row) => {
      // A call that a new engine repeats sends its rows again.
      if (row.round !== rows.length) return;
      rows.push(row);
      done++;
      report(unit, row.round);
      const soFar = [...rows];
      writing = writing
        .then(() => folder.write(unit, soFar, false))
        .catch((error: unknown) => {
          failure ??= error;
          stop.abort();
        });
    });
    let all: readonly SimulationRow[];
    try {
      all = await compute(engine, unit, known, signal);
    } catch (error) {
      await writing;
      // What could not be written is why the computation was stopped.
      throw failure ?? error;
    } finally {
      unsubscribe();
    }
    await writing;
    await folder.write(unit, all, true);
    done += unit.series.rounds + 1 - all.length;
  }

  const queue = open.values();
  const lanes = engines.map(async (engine) => {
    for (const { unit, rows } of queue) {
      if (signal.aborted) return;
      await runUnit(engine, unit, rows);
    }
  });
  const failures: unknown[] = [];
  await Promise.all(
    lanes.map((lane) =>
      lane.catch((error: unknown) => {
        failures.push(error);
        stop.abort();
      }),
    ),
  );
  if (failures.length > 0) throw failures[0];
  throwIfCancelled(work.signal);
}

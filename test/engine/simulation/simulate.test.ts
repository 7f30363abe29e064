import { describe, expect, it } from "vitest";
import { simulate } from "../../../src/engine/simulation/simulate.ts";
import { QUIET_WORK } from "../../../src/engine/work.ts";
import { type SimulationRow, simulationConfigSchema } from "../../../src/shared/contracts/engine.ts";
import { blobs, scratchFolder, tf, writeEmbeddings } from "../fixture.ts";

const SPLITS = Uint8Array.from({ length: 60 }, (_, i) => (i < 45 ? 0 : 1));
const CONFIG = { functions: ["random"], initial: 8, budget: 4, rounds: 4, trials: 1, seed: 5 };

async function rowsOf(change: object, firstTrial = 0, earlier: readonly SimulationRow[] = []) {
  const embeddings = await scratchFolder();
  const { vectors, labels } = blobs(60, 10, 4, 3, 12);
  const ids = await writeEmbeddings(embeddings, vectors);
  const sent: SimulationRow[] = [];
  const rows = await simulate(
    {
      embeddings,
      patches: [],
      kind: "multi-label",
      classIds: [7, 8, 9],
      labels: { ids, states: labels },
      splits: SPLITS,
      config: simulationConfigSchema.parse({ ...CONFIG, ...change }),
      firstTrial,
      earlier,
    },
    tf,
    QUIET_WORK,
    (row) => sent.push(row),
  );
  const timeless = ({ trainSeconds: _train, querySeconds: _query, ...row }: SimulationRow) => row;
  return { rows: rows.map(timeless), sent: sent.map(timeless), whole: rows };
}

describe("a part of the trials", () => {
  it("gives the rows that the whole gives", async () => {
    const whole = await rowsOf({ trials: 3, rounds: 2 });
    const part = await rowsOf({ trials: 1, rounds: 2 }, 2);
    expect(part.rows).toEqual(whole.rows.filter(({ trial }) => trial === 2));
  });
});

describe("an interrupted trial", () => {
  // Functions that compare two models, and weights that go on from earlier ones, need more than the newest round.
  it.each([
    ["random", false],
    ["tpd+clustering", false],
    ["mge+clustering", true],
  ])(
    "of %s goes on where it was (warm start: %s)",
    async (name, warmStart) => {
      const change = { functions: [name], warmStart, headId: "mlp", head: { epochs: 3, calibrate: false } };
      const { rows, whole } = await rowsOf(change);
      for (const count of [1, 3, 5]) {
        const again = await rowsOf(change, 0, whole.slice(0, count));
        expect(again.rows).toEqual(rows);
        expect(again.sent).toEqual(rows.slice(count));
      }
    },
    60_000,
  );

  it("whose patches are gone is refused", async () => {
    const { whole } = await rowsOf({});
    const strangers = whole.slice(0, 3).map((row) => ({ ...row, queried: [9999] }));
    await expect(rowsOf({}, 0, strangers)).rejects.toMatchObject({ code: "invalid-input" });
  });
});

it("ends when the curve is flat", async () => {
  const { rows } = await rowsOf({ flat: { patience: 2, epsilon: 1 } });
  expect(rows.map(({ round }) => round)).toEqual([0, 1, 2]);
});

it("counts the parameters of the model", async () => {
  const { rows } = await rowsOf({ functions: ["ll"], headId: "mlp", head: { epochs: 1 }, rounds: 0 });
  // 10 inputs, 256 hidden units, 3 classes; 256 → 128 → 1.
  expect(rows[0]?.parameters).toEqual({
    classifier: 10 * 256 + 256 + 256 * 3 + 3,
    lossModule: 256 * 128 + 128 + 128 + 1,
  });
});

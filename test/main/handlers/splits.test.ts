import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { type Application, createApplication } from "../../../src/main/application.ts";
import type { Job } from "../../../src/shared/contracts/app.ts";
import type { CallContext } from "../../../src/shared/rpc/contract.ts";
import { tinyProject } from "../fixture.ts";

const CONTEXT: CallContext = { signal: new AbortController().signal, progress: () => {} };
const REQUEST = { method: "random", val: 0.25, test: 0.25, seed: 1, blockSize: null, gap: false } as const;

const open: Application[] = [];
afterEach(async () => {
  for (const application of open.splice(0)) await application.close();
});

/** The application with a project of files side by side. */
async function openTiny(count: number): Promise<Application> {
  const { store, folder } = await tinyProject(count);
  store.close();
  const application = createApplication({
    configFolder: join(folder, "config"),
    host: "test",
    dialogs: null,
    imageBase: "/tile",
  });
  open.push(application);
  await application.handlers["projects.open"]({ folder: join(folder, "tiny.fieldmark") }, CONTEXT);
  return application;
}

async function draw({ handlers, onEvent }: Application, understood: boolean): Promise<Job> {
  const ended = Promise.withResolvers<Job>();
  const stop = onEvent((_event, payload) => {
    if (payload && "state" in payload && payload.state !== "running") ended.resolve(payload);
  });
  try {
    await handlers["splits.draw"]({ ...REQUEST, understood }, CONTEXT);
    return await ended.promise;
  } finally {
    stop();
  }
}

it("draws what it previewed, with names for the patches that leak", async () => {
  const application = await openTiny(16);
  const { handlers } = application;
  expect(await handlers["splits.current"](undefined, CONTEXT)).toBeNull();
  const preview = await handlers["splits.preview"](REQUEST, CONTEXT);
  expect(preview).toMatchObject({
    counts: { pool: 8, val: 4, test: 4, none: 0 },
    groups: 16,
    blockSize: null,
    unplaced: 0,
    effects: null,
  });
  // Files of 160 m side by side in a row: each neighbour of another split is a pair.
  expect(preview.suggestedBlockSize).toBeGreaterThan(315);
  expect(preview.leakage.pairs).toBeGreaterThan(0);
  for (const [first, second] of preview.leakage.examples) {
    expect(first.name).toMatch(/tile\d{3}$/);
    expect(first.split).not.toBe(second.split);
  }

  expect(await draw(application, false)).toMatchObject({ state: "done", kind: "splits" });
  const current = await handlers["splits.current"](undefined, CONTEXT);
  expect(current).toMatchObject({ counts: preview.counts, leakage: preview.leakage, sketch: preview.sketch });
  const summary = await handlers["projects.summary"](undefined, CONTEXT);
  expect(summary?.counts.splits).toEqual(preview.counts);
});

it("changes splits that something depends on only where that is understood", async () => {
  const application = await openTiny(16);
  const { handlers } = application;
  await draw(application, false);
  const effects = (await handlers["splits.preview"]({ ...REQUEST, seed: 2 }, CONTEXT)).effects;
  expect(effects?.replaced).toMatchObject({ pool: 8, val: 4, test: 4 });
  expect(() => handlers["splits.draw"]({ ...REQUEST, seed: 2, understood: false }, CONTEXT)).toThrow(
    /confirm it/,
  );
  expect(() => handlers["splits.remove"]({ understood: false }, CONTEXT)).toThrow(/confirm it/);
  const summary = await handlers["splits.remove"]({ understood: true }, CONTEXT);
  expect(summary.counts.splits).toEqual({ pool: 0, val: 0, test: 0, none: 16 });
  expect(await handlers["splits.current"](undefined, CONTEXT)).toBeNull();
});

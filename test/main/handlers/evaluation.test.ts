import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { type Application, createApplication } from "../../../src/main/application.ts";
import type { Job } from "../../../src/shared/contracts/app.ts";
import { temporaryFolder, tinyProject } from "../fixture.ts";

const open: Application[] = [];
afterAll(async () => {
  for (const application of open) await application.close();
});
const CONTEXT = { signal: new AbortController().signal, progress: () => {} };

it("summarises once for the same labels, and a comparison without labels fails with what is missing", async () => {
  const { store } = await tinyProject(12);
  const { folder } = store.paths;
  store.close();
  const application = createApplication({
    configFolder: join(temporaryFolder(), "config"),
    host: "test",
    dialogs: null,
    imageBase: "/tile",
  });
  open.push(application);
  const { handlers } = application;
  const ended = Promise.withResolvers<Job>();
  application.onEvent((event, payload) => {
    if (event !== "job" || payload === null || !("state" in payload)) return;
    if (payload.kind === "compare" && payload.state !== "running") ended.resolve(payload);
  });
  await handlers["projects.open"]({ folder }, CONTEXT);
  const first = await handlers["evaluation.summary"](undefined, CONTEXT);
  expect(first).toMatchObject({ source: "none", verdict: "too-early", current: null });
  const again = await handlers["evaluation.summary"](undefined, CONTEXT);
  expect(again).toEqual(first);
  await handlers["evaluation.compare"](undefined, CONTEXT);
  expect(await ended.promise).toMatchObject({ state: "failed", error: { code: "no-labels" } });
});

import { existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { type Application, createApplication } from "../../src/main/application.ts";
import { type AppContract, appContract } from "../../src/shared/contracts/app.ts";
import { connect } from "../../src/shared/rpc/client.ts";
import { memoryPorts } from "../../src/shared/rpc/memory-port.ts";
import { serve } from "../../src/shared/rpc/server.ts";
import { temporaryFolder, tinyName, writeTinyArchive } from "./fixture.ts";

const open: Application[] = [];
afterEach(async () => {
  for (const application of open.splice(0)) await application.close();
});

async function sessionWithProject(count: number) {
  const folder = temporaryFolder();
  const application = createApplication({
    configFolder: join(folder, "config"),
    host: "test",
    dialogs: null,
    imageBase: "/tile",
  });
  open.push(application);
  const [near, far] = memoryPorts();
  serve(appContract, application.handlers, far);
  const client = connect<AppContract>(appContract, near);
  async function finished({ jobId }: { jobId: string }) {
    for (;;) {
      const job = (await client.call("app.info")).jobs.find(({ id }) => id === jobId);
      if (job && job.state !== "running") return job;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
  const source = await writeTinyArchive(join(folder, "archive"), count);
  const { suggestedGrid: grid } = await client.call("sources.preview", { folder: source });
  const project = { parent: folder, name: "Tiny", kind: "multi-label" as const, source, grid, classes: [] };
  expect(await finished(await client.call("projects.create", project))).toMatchObject({ state: "done" });
  return { application, client, folder, source, finished };
}

it("lists, checks and scans a source", async () => {
  const { client, source, finished } = await sessionWithProject(4);
  const [listed] = await client.call("sources.list");
  expect(listed).toMatchObject({ id: 1, folder: source, state: "available", scan: "finished", files: 4 });
  await writeTinyArchive(join(source, "more"), 2);
  rmSync(join(source, `${tinyName(1)}.tif`));
  const { changes } = await client.call("sources.check", { id: 1 });
  expect(changes).toMatchObject({ new: { count: 2 }, missing: { count: 1 } });
  const job = await finished(await client.call("sources.rescan", { id: 1 }));
  expect(job).toMatchObject({ kind: "scan", state: "done" });
  expect(job.message).toBe(
    "5 files: 2 new, 1 missing; 2 patches added; 1 patch without imagery now (labels are kept); 6 scenes in all.",
  );
  const { items } = await client.call("patches.page", { filter: {}, offset: 0, limit: 10 });
  expect(items.filter(({ imageryMissing }) => imageryMissing).map(({ name }) => name)).toEqual([tinyName(1)]);
  await expect(client.call("sources.rescan", { id: 7 })).rejects.toMatchObject({ code: "not-found" });
});

it("finds a moved folder again, pictures and all", async () => {
  const { application, client, folder, source } = await sessionWithProject(3);
  const picture = async () => {
    const { status } = await application.image(
      "/patch/1",
      new URLSearchParams(),
      new AbortController().signal,
    );
    return status;
  };
  expect(await picture()).toBe(200);
  const moved = join(folder, "drive");
  renameSync(source, moved);
  expect((await client.call("sources.list"))[0]?.state).toBe("missing");
  expect(await client.call("sources.check", { id: 1 })).toMatchObject({ changes: null });
  const wrong = await client.call("sources.relocate", { id: 1, folder: temporaryFolder() });
  expect(wrong).toMatchObject({ relocated: false, check: { verdict: "other" }, source: { folder: source } });
  const right = await client.call("sources.relocate", { id: 1, folder: moved });
  expect(right).toMatchObject({ relocated: true, source: { folder: moved, state: "available" } });
  expect((await client.call("projects.summary"))?.sources[0]).toMatchObject({
    folder: moved,
    available: true,
  });
  expect(existsSync(source)).toBe(false);
  expect(await picture()).toBe(200);
});

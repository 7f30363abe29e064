import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { type Application, createApplication } from "../../src/main/application.ts";
import { type AppContract, appContract, type Job } from "../../src/shared/contracts/app.ts";
import { connect } from "../../src/shared/rpc/client.ts";
import type { Client, EventName, EventPayload } from "../../src/shared/rpc/contract.ts";
import { memoryPorts } from "../../src/shared/rpc/memory-port.ts";
import { serve } from "../../src/shared/rpc/server.ts";
import {
  TINY_CLASSES,
  temporaryFolder,
  tinyLabels,
  tinyTruth,
  writeText,
  writeTinyArchive,
} from "./fixture.ts";

const open: Application[] = [];
afterEach(async () => {
  for (const application of open.splice(0)) await application.close();
});

interface Session {
  readonly application: Application;
  readonly client: Client<AppContract>;
  readonly folder: string;
  readonly events: [EventName<AppContract>, EventPayload<AppContract, EventName<AppContract>>][];
  /** The job as it ended. */
  finished(started: { jobId: string }): Promise<Job>;
}

/** The application behind the contract, as a host serves it. */
function startSession(folder = temporaryFolder()): Session {
  const application = createApplication({
    configFolder: join(folder, "config"),
    host: "test",
    dialogs: null,
    imageBase: "/tile",
  });
  open.push(application);
  const events: Session["events"] = [];
  application.onEvent((event, payload) => void events.push([event, payload]));
  const [near, far] = memoryPorts();
  serve(appContract, application.handlers, far);
  const client = connect(appContract, near);
  async function finished({ jobId }: { jobId: string }): Promise<Job> {
    for (;;) {
      const { jobs } = await client.call("app.info");
      const job = jobs.find(({ id }) => id === jobId);
      if (job && job.state !== "running") return job;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
  return { application, client, folder, events, finished };
}

async function sessionWithProject(count = 12): Promise<Session> {
  const session = startSession();
  const source = await writeTinyArchive(join(session.folder, "archive"), count);
  const { suggestedGrid } = await session.client.call("sources.preview", { folder: source });
  const job = await session.finished(
    await session.client.call("projects.create", {
      parent: session.folder,
      name: "Tiny",
      kind: "multi-label",
      source,
      grid: suggestedGrid,
      classes: TINY_CLASSES.map((name) => ({ name })),
    }),
  );
  expect(job).toMatchObject({ state: "done", output: join(session.folder, "Tiny.fieldmark") });
  return session;
}

it("makes a project, opens it and remembers it", async () => {
  const { client, folder, events } = await sessionWithProject();
  const { project, preferences } = await client.call("app.info");
  expect(project).toMatchObject({
    name: "Tiny",
    kind: "multi-label",
    sensor: "aerial-rgb",
    counts: { patches: 12, confirmed: 0, present: { "1": 0, "2": 0, "3": 0 } },
  });
  expect(project?.composites[0]?.id).toBe("true-colour");
  expect(preferences.recentProjects[0]).toMatchObject({
    name: "Tiny",
    folder: join(folder, "Tiny.fieldmark"),
  });
  expect(events.some(([event, payload]) => event === "project" && payload !== null)).toBe(true);
});

it("labels, confirms, takes back and does again", async () => {
  const { client } = await sessionWithProject();
  const { items } = await client.call("patches.page", { filter: { view: "all" }, offset: 0, limit: 5 });
  const [first, second] = items.map(({ id }) => id);
  if (first === undefined || second === undefined) throw new Error("no patches");
  const set = await client.call("labels.set", {
    changes: [
      { patchId: first, classId: 1, state: "present" },
      { patchId: second, classId: 2, state: "unsure" },
    ],
  });
  expect(set.patches.map(({ status, labels }) => [status, labels])).toEqual([
    ["in-progress", { "1": "present" }],
    ["in-progress", { "2": "unsure" }],
  ]);
  const confirmed = await client.call("labels.confirm", { patchIds: [first], confirmed: true });
  expect(confirmed.patches[0]).toMatchObject({
    status: "confirmed",
    labels: { "1": "present", "2": "absent", "3": "absent" },
  });
  expect(confirmed.undoDepth).toBe(2);
  const undone = await client.call("labels.undo");
  expect(undone.patches[0]).toMatchObject({ id: first, status: "in-progress", labels: { "1": "present" } });
  const redone = await client.call("labels.redo");
  expect(redone).toMatchObject({ undoDepth: 2, redoDepth: 0 });
  const flagged = await client.call("labels.flag", { patchIds: [second], flagged: true });
  expect(flagged.patches[0]?.flagged).toBe(true);
  const skipped = await client.call("labels.skip", { patchIds: [second], skipped: true });
  expect(skipped.patches[0]?.status).toBe("skipped");
  const detail = await client.call("patches.get", { id: first });
  expect(detail.history[0]).toMatchObject({ classId: 1, state: "present", origin: "manual" });
  expect(detail.center?.[1]).toBeCloseTo(48.7523, 3);
  const summary = await client.call("projects.summary");
  expect(summary?.counts).toMatchObject({ confirmed: 1, skipped: 1, present: { "1": 1 } });
});

it("paints patches by id, and says why where it can't", async () => {
  const { application, client } = await sessionWithProject(2);
  const signal = new AbortController().signal;
  const image = (path: string, query = "") => application.image(path, new URLSearchParams(query), signal);
  const picture = await image("/patch/1", "composite=true-colour&size=64");
  expect(picture).toMatchObject({ status: 200, contentType: "image/png" });
  expect(Buffer.from(picture.body.subarray(1, 4)).toString()).toBe("PNG");
  expect((await image("/patch/1", "composite=true-colour&size=64")).body).toBe(picture.body);
  expect((await image("/patch/99")).status).toBe(404);
  expect((await image("/../etc/passwd")).status).toBe(404);
  expect((await image("/patch/1", "composite=ndvi")).status).toBe(400);
  expect((await image("/patch/1", "size=1000000")).status).toBe(400);
  await client.call("projects.close");
  expect((await image("/patch/1")).status).toBe(404);
});

it("gives the spectral profile of a patch", async () => {
  const { client } = await sessionWithProject(8);
  const { bands } = await client.call("patches.profile", { id: 8 });
  expect(bands).toHaveLength(3);
  // File 7 is bright in all bands: uniform over 170 to 209.
  for (const { mean, standardDeviation } of bands) {
    expect(Math.abs(mean - 189.5)).toBeLessThan(3);
    expect(Math.abs(standardDeviation - Math.sqrt((40 ** 2 - 1) / 12))).toBeLessThan(1.5);
  }
});

it("imports labels and exports them, as jobs", async () => {
  const session = await sessionWithProject(4);
  const { client, folder, finished } = session;
  const file = writeText(folder, "labels.csv", "image,red,green,blue\ntile001,1,0,0\ntile002,0,1,0\n");
  expect(await finished(await client.call("labels.import", { file, format: "csv" }))).toMatchObject({
    state: "done",
    message: "6 labels on 2 patches imported.",
  });
  const bad = writeText(folder, "bad.csv", "image,lava\ntile001,1\n");
  expect(await finished(await client.call("labels.import", { file: bad, format: "csv" }))).toMatchObject({
    state: "failed",
    error: { code: "unknown-class" },
  });
  const formats = await client.call("exports.formats");
  expect(formats.map(({ id }) => id)).toEqual(["csv", "geojson"]);
  // The folder holds files, so that the export gets one of its own inside.
  const job = await finished(await client.call("exports.run", { format: "csv", folder }));
  expect(job).toMatchObject({ state: "done", output: join(folder, "Tiny-csv") });
  expect(readFileSync(join(folder, "Tiny-csv", "labels.csv"), "utf8").split("\n")).toHaveLength(4);
});

it("takes over the labels of a known archive when a project is made", async () => {
  const { client, folder, finished } = startSession();
  const source = await writeTinyArchive(join(folder, "archive"), 4);
  writeText(source, "labels.csv", tinyLabels(4));
  const { knownArchive, suggestedGrid } = await client.call("sources.preview", { folder: source });
  expect(knownArchive).toMatchObject({ id: "csv-labels", images: 4, problem: null });
  const job = await finished(
    await client.call("projects.create", {
      parent: folder,
      name: "Known",
      kind: "multi-label",
      source,
      grid: suggestedGrid,
      classes: [],
      importKnown: true,
    }),
  );
  expect(job).toMatchObject({
    state: "done",
    message: expect.stringContaining("12 labels on 4 patches imported"),
  });
  const { project } = await client.call("app.info");
  expect(project?.classes.map(({ name }) => name)).toEqual([...TINY_CLASSES]);
  expect(project?.counts.confirmed).toBe(4);
});

it("edits classes, and refuses to leave out one that has labels", async () => {
  const { client } = await sessionWithProject(2);
  await client.call("labels.set", { changes: [{ patchId: 1, classId: 1, state: "present" }] });
  const renamed = await client.call("taxonomy.save", {
    classes: [{ id: 1, name: "crimson" }, { id: 2, name: "green" }, { name: "new" }],
  });
  expect(renamed.classes.map(({ name }) => name)).toEqual(["crimson", "green", "new"]);
  await expect(client.call("taxonomy.save", { classes: [{ id: 2, name: "green" }] })).rejects.toMatchObject({
    code: "invalid-input",
    message: expect.stringContaining("crimson"),
  });
});

it("keeps labels of an open project safe from a second application, and opens when the first has closed", async () => {
  const first = await sessionWithProject(2);
  const folder = join(first.folder, "Tiny.fieldmark");
  const second = startSession();
  await expect(second.client.call("projects.open", { folder })).rejects.toMatchObject({
    code: "project-locked",
  });
  await first.client.call("projects.close");
  expect(await second.client.call("projects.open", { folder })).toMatchObject({
    name: "Tiny",
    readOnly: false,
  });
});

it("keeps the open project when another can't be opened", async () => {
  const { client, folder } = await sessionWithProject(2);
  await expect(client.call("projects.open", { folder: join(folder, "none") })).rejects.toMatchObject({
    code: "project-missing",
  });
  expect((await client.call("projects.summary"))?.name).toBe("Tiny");
});

it("works without its imagery: labels stay, and pictures say what is missing", async () => {
  const { application, client, folder } = await sessionWithProject(2);
  rmSync(join(folder, "archive"), { recursive: true });
  const { project } = await client.call("app.info");
  expect(project?.sources[0]?.available).toBe(false);
  await client.call("labels.set", { changes: [{ patchId: 1, classId: 1, state: "present" }] });
  const picture = await application.image("/patch/1", new URLSearchParams(), new AbortController().signal);
  expect(picture.status).toBe(404);
  expect(Buffer.from(picture.body).toString()).toMatch(/tile000\.tif/);
});

it("lists folders with projects and rasters", async () => {
  const { client, folder } = await sessionWithProject(2);
  const listing = await client.call("folders.list", { folder });
  expect(listing.entries.map(({ name, kind }) => [name, kind])).toEqual([
    ["archive", "folder"],
    ["config", "folder"],
    ["Tiny.fieldmark", "project"],
  ]);
  const inside = await client.call("folders.list", { folder: join(folder, "archive", "part0") });
  expect(inside).toMatchObject({ rasters: 1, entries: [] });
  await expect(client.call("folders.list", { folder: join(folder, "none") })).rejects.toMatchObject({
    code: "not-found",
  });
});

it("asks for an open project where one is needed", async () => {
  const { client, folder } = startSession();
  await expect(client.call("labels.undo")).rejects.toMatchObject({ code: "project-missing" });
  expect(await client.call("projects.summary")).toBeNull();
  expect(existsSync(join(folder, "config"))).toBe(false);
});

it("runs rounds as jobs while labelling goes on, and suggests what the model predicts", async () => {
  const { client, events, folder, finished } = await sessionWithProject(40);
  await client.call("projects.settings", { encoder: "stats" });
  const next = () => client.call("rounds.next", { function: "entropy", budget: 10 });
  expect(await finished(await next())).toMatchObject({
    state: "done",
    message: "Round 0: 10 patches to label.",
  });
  const queue = await client.call("patches.page", { filter: { view: "queue" }, offset: 0, limit: 50 });
  expect(queue.items.map(({ query }) => query?.rank)).toEqual(Array.from({ length: 10 }, (_, rank) => rank));
  const truth = queue.items.flatMap(({ id, name }) =>
    tinyTruth(Number(name.slice(-3))).map((present, position) => ({
      patchId: id,
      classId: position + 1,
      state: present ? ("present" as const) : ("absent" as const),
    })),
  );
  await client.call("labels.set", { changes: truth });
  await client.call("labels.confirm", { patchIds: queue.items.map(({ id }) => id), confirmed: true });

  const running = await next();
  await expect(next()).rejects.toMatchObject({ code: "busy" });
  // A patch outside of the round: its label is committed while the engine works.
  const other = (await client.call("patches.page", { filter: { view: "unseen" }, offset: 0, limit: 1 }))
    .items[0];
  if (!other) throw new Error("no unseen patch");
  await client.call("labels.set", { changes: [{ patchId: other.id, classId: 1, state: "unsure" }] });
  expect(await finished(running)).toMatchObject({ state: "done", message: "Round 1: 10 patches to label." });

  const { rounds, curve } = await client.call("rounds.list");
  expect(rounds.map(({ number, done, patchIds }) => [number, done, patchIds.length])).toEqual([
    [0, 10, 10],
    [1, 0, 10],
  ]);
  expect(curve).toHaveLength(1);
  expect(curve[0]).toMatchObject({ round: 0, labeled: 8, metricSource: "control", metrics: { samples: 2 } });
  const suggested = (await client.call("patches.get", { id: other.id })).probabilities;
  expect(Object.keys(suggested ?? {})).toEqual(["1", "2", "3"]);
  expect(
    events.some(([event, payload]) => event === "patches" && JSON.stringify(payload).includes("all")),
  ).toBe(true);

  // Predictions come back with the project, also when the cache was thrown away.
  await client.call("projects.close");
  rmSync(join(folder, "Tiny.fieldmark", "cache"), { recursive: true });
  await client.call("projects.open", { folder: join(folder, "Tiny.fieldmark") });
  await expect
    .poll(async () => (await client.call("patches.get", { id: other.id })).probabilities, { timeout: 20_000 })
    .toEqual(suggested);
});

import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { demoTaxonomy } from "../../../src/archive/demo/classes.ts";
import { generateDemoArchive } from "../../../src/archive/demo/generate.ts";
import { webSocketPort } from "../../../src/main/hosts/serve/websocket-port.ts";
import { type AppContract, appContract, type Job } from "../../../src/shared/contracts/app.ts";
import { connect } from "../../../src/shared/rpc/client.ts";
import type { Client } from "../../../src/shared/rpc/contract.ts";
import { startServeProcess } from "../../serve-process.ts";
import { commandOf, type InternetSocket, isLoopback, processTree, socketsOf } from "./sockets.ts";

const TRIPWIRE = pathToFileURL(fileURLToPath(new URL("tripwire.mjs", import.meta.url))).href;
const HAS_PROC = existsSync("/proc/self/net/tcp");

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fieldmark-network-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function tripwireNotes(file: string): string[] {
  return existsSync(file) ? readFileSync(file, "utf8").split("\n").slice(0, -1) : [];
}

/** A session of the serve host without a browser: the link's token for a cookie, then the WebSocket. */
async function openSession(url: string): Promise<Client<AppContract>> {
  const { origin, host } = new URL(url);
  const reply = await fetch(url, { redirect: "manual" });
  const cookie = reply.headers.get("set-cookie")?.split(";")[0] ?? "";
  const socket = new WebSocket(`ws://${host}/rpc`, { headers: { Cookie: cookie, Origin: origin } });
  await once(socket, "open");
  return connect(appContract, webSocketPort(socket));
}

async function finish(client: Client<AppContract>, start: () => Promise<{ jobId: string }>): Promise<Job> {
  const ended = new Map<string, Job>();
  const { promise, resolve } = Promise.withResolvers<void>();
  let wanted: string | null = null;
  const stop = client.on("job", (job) => {
    if (job.state === "running") return;
    ended.set(job.id, job);
    if (job.id === wanted) resolve();
  });
  const { jobId } = await start();
  wanted = jobId;
  if (!ended.has(jobId)) await promise;
  stop();
  const job = ended.get(jobId);
  if (job?.state !== "done") throw new Error(`${job?.title}: ${job?.error?.message ?? job?.state}`);
  return job;
}

/** The whole loop, as an analyst goes through it: project, two rounds with labels, export. */
async function goThroughTheLoop(client: Client<AppContract>): Promise<void> {
  const archive = await generateDemoArchive(join(folder, "archive"), { sceneSize: 192 });
  await client.call("sources.preview", { folder: archive.directory });
  await finish(client, () =>
    client.call("projects.create", {
      parent: folder,
      name: "Loop",
      kind: "multi-label",
      source: archive.directory,
      grid: { patchSize: archive.patchSize, stride: null, edges: "drop", nodataLimit: 0.25 },
      classes: demoTaxonomy(),
    }),
  );
  await client.call("app.engine");
  await client.call("projects.settings", { encoder: "stats" });
  for (const query of ["random", "mge+clustering"]) {
    await finish(client, () => client.call("rounds.next", { function: query, budget: 10 }));
    const { items } = await client.call("patches.page", { filter: { view: "queue" }, offset: 0, limit: 50 });
    expect(items.length).toBeGreaterThan(0);
    const summary = await client.call("projects.summary");
    const classIds = summary?.classes.map(({ id }) => id) ?? [];
    await client.call("labels.set", {
      changes: items.map(({ id }, at) => ({
        patchId: id,
        classId: classIds[at % classIds.length] ?? 0,
        state: "present",
      })),
    });
    await client.call("labels.confirm", { patchIds: items.map(({ id }) => id), confirmed: true });
  }
  await finish(client, () => client.call("exports.run", { format: "csv", folder: join(folder, "export") }));
}

describe("the running application", () => {
  it("never reaches out of this machine, from the project to the export", {
    timeout: 120_000,
  }, async (test) => {
    if (!HAS_PROC) test.skip("sockets of other processes can't be listed on this system");
    const wire = join(folder, "tripwire.log");
    const host = await startServeProcess(join(folder, "home"), [], {
      NODE_OPTIONS: `--import=${TRIPWIRE}`,
      FIELDMARK_TRIPWIRE: wire,
    });
    const sockets = new Map<string, InternetSocket>();
    const commands = new Map<number, string>();
    const watch = () => {
      for (const pid of processTree(host.pid)) {
        commands.set(pid, commandOf(pid) || (commands.get(pid) ?? ""));
        for (const socket of socketsOf(pid)) sockets.set(JSON.stringify(socket), socket);
      }
    };
    const watching = setInterval(watch, 25);
    try {
      const client = await openSession(host.url);
      await goThroughTheLoop(client);
      watch();
      client.close();
    } finally {
      clearInterval(watching);
      await host.stop();
    }
    const seen = [...sockets.values()];
    // The engine was there to be watched, and so was the one thing that listens.
    expect([...commands.values()].filter((command) => command.includes("engine"))).not.toEqual([]);
    expect(seen.filter(({ pid }) => pid === host.pid)).not.toEqual([]);
    expect(seen.filter((socket) => !isLoopback(socket))).toEqual([]);
    // Only the host itself has sockets at all.
    expect(seen.filter(({ pid }) => pid !== host.pid)).toEqual([]);
    expect(tripwireNotes(wire)).toEqual([]);
  });

  it("is watched by a tripwire that works", () => {
    const wire = join(folder, "tripwire.log");
    const script = join(folder, "reach-out.mjs");
    writeFileSync(
      script,
      `import { connect } from "node:net"; import { createSocket } from "node:dgram"; import { lookup } from "node:dns/promises"; import { Worker } from "node:worker_threads";
      connect(1, "127.0.0.1").on("error", () => {});
      createSocket("udp4").close();
      await lookup("localhost");
      await fetch("http://127.0.0.1:49151/").catch(() => {});
      new Worker('require("node:net").connect(1, "127.0.0.1").on("error", () => {})', { eval: true });`,
    );
    const run = spawnSync(process.execPath, [`--import=${TRIPWIRE}`, script], {
      env: { ...process.env, NODE_OPTIONS: "", FIELDMARK_TRIPWIRE: wire },
    });
    expect(run.stderr.toString()).toBe("");
    const notes = tripwireNotes(wire).map((line) => String(JSON.parse(line).what).split(" ")[0]);
    expect(new Set(notes)).toEqual(
      new Set(["net.client.socket", "udp.socket", "dns.lookup", "undici:request:create"]),
    );
    // The main thread's and the worker's.
    expect(notes.filter((what) => what === "net.client.socket")).toHaveLength(2);
  });
});

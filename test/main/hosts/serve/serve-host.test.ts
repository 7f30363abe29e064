import { once } from "node:events";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { connect as connectSocket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { type ServeHost, startServeHost } from "../../../../src/main/hosts/serve/serve-host.ts";
import { webSocketPort } from "../../../../src/main/hosts/serve/websocket-port.ts";
import { appContract } from "../../../../src/shared/contracts/app.ts";
import { connect } from "../../../../src/shared/rpc/client.ts";
import { stubApplication } from "../stub-application.ts";

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
}

let folder: string;
let stub: ReturnType<typeof stubApplication>;
let host: ServeHost;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fieldmark-serve-"));
  await mkdir(join(folder, "renderer", "assets"), { recursive: true });
  await writeFile(join(folder, "renderer", "index.html"), "<!doctype html><title>Fieldmark</title>");
  await writeFile(join(folder, "renderer", "assets", "index-abc.js"), "export {};");
  await writeFile(join(folder, "secret.json"), '{"secret":true}');
  await symlink(join(folder, "secret.json"), join(folder, "renderer", "assets", "link.json"));
  stub = stubApplication();
  host = await startServeHost({ application: stub.application, rendererFolder: join(folder, "renderer") });
});

afterEach(async () => {
  await host.close();
  await rm(folder, { recursive: true, force: true });
});

/** A request with full control over path and headers (fetch would tidy both). */
function get(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port: host.port, path, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    sent.on("error", reject);
    sent.end();
  });
}

async function signIn(): Promise<{ cookie: string }> {
  const answer = await get(new URL(host.url).pathname + new URL(host.url).search);
  const cookie = String(answer.headers["set-cookie"]).split(";")[0] ?? "";
  return { cookie };
}

function openSocket(headers: Record<string, string>, path = "/rpc"): Promise<WebSocket | number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}${path}`, { headers });
    socket.on("open", () => resolve(socket));
    socket.on("unexpected-response", (_request, response) => resolve(response.statusCode ?? 0));
    socket.on("error", () => resolve(0));
  });
}

describe("the serve host's session", () => {
  it("exchanges the printed token once for a strict, script-proof cookie", async () => {
    const link = new URL(host.url);
    const first = await get(link.pathname + link.search);
    expect(first.status).toBe(303);
    expect(first.headers.location).toBe("/");
    expect(String(first.headers["set-cookie"])).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
    const second = await get(link.pathname + link.search);
    expect(second.status).toBe(403);
    expect(second.headers["set-cookie"]).toBeUndefined();
    expect(second.body).toContain("used already");
  });

  it("refuses everything without the cookie, with a wrong token and with a wrong cookie", async () => {
    const { cookie } = await signIn();
    for (const path of ["/", "/?token=", "/?token=guess", "/assets/index-abc.js", "/tile/patch/7"]) {
      expect((await get(path)).status, path).toBe(403);
      expect((await get(path, { cookie: `${cookie.slice(0, -1)}x` })).status, path).toBe(403);
    }
    expect(stub.imagePaths).toEqual([]);
  });

  it("serves page, files and pictures with the cookie", async () => {
    const { cookie } = await signIn();
    const page = await get("/", { cookie });
    expect(page.status).toBe(200);
    expect(page.body).toContain("Fieldmark");
    expect((await get("/assets/index-abc.js", { cookie })).headers["content-type"]).toContain("javascript");
    const picture = await get("/tile/patch/7?composite=ndvi", { cookie });
    expect([picture.status, picture.body]).toEqual([200, "picture"]);
    expect(stub.imagePaths).toEqual(["/patch/7"]);
  });

  it("sends a strict policy with every answer and allows no other origin", async () => {
    const { cookie } = await signIn();
    for (const answer of [await get("/", { cookie }), await get("/"), await get("/nothing.js", { cookie })]) {
      const policy = String(answer.headers["content-security-policy"]);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe-eval'(?!.)|https?:|\*/);
      expect(answer.headers["x-content-type-options"]).toBe("nosniff");
      expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
    }
  });
});

describe("the serve host under attack", () => {
  it("refuses names that were made to resolve to loopback (DNS rebinding)", async () => {
    const { cookie } = await signIn();
    for (const name of ["attacker.example", `attacker.example:${host.port}`, "127.0.0.1", "0.0.0.0"]) {
      expect((await get("/", { cookie, host: name })).status, name).toBe(403);
    }
    expect((await get("/", { cookie, host: `localhost:${host.port}` })).status).toBe(200);
  });

  it("refuses other origins, also with the cookie", async () => {
    const { cookie } = await signIn();
    expect((await get("/", { cookie, origin: "http://attacker.example" })).status).toBe(403);
    expect((await get("/", { cookie, origin: "null" })).status).toBe(403);
    expect((await get("/tile/patch/7", { cookie, "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await get("/tile/patch/7", { cookie, "sec-fetch-site": "same-origin" })).status).toBe(200);
  });

  it("serves nothing outside the renderer's folder", async () => {
    const { cookie } = await signIn();
    const paths = [
      "/../secret.json",
      "/assets/../../secret.json",
      "/%2e%2e/secret.json",
      "/assets/..%2f..%2fsecret.json",
      "/assets/..%5c..%5csecret.json",
      "/assets/link.json",
      "//etc/passwd",
      "/etc/passwd",
      "/secret.json%00.js",
      "/%",
    ];
    for (const path of paths) {
      const answer = await get(path, { cookie });
      expect(answer.status, path).toBeGreaterThanOrEqual(400);
      expect(answer.body, path).not.toContain("secret");
    }
  });

  it("answers only GET and HEAD", async () => {
    const { cookie } = await signIn();
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"]) {
      expect((await get("/", { cookie }, method)).status, method).toBe(405);
    }
    expect(await get("/", { cookie }, "HEAD")).toMatchObject({ status: 200, body: "" });
  });

  it("opens a WebSocket only for its own page with the cookie", async () => {
    const { cookie } = await signIn();
    const origin = `http://127.0.0.1:${host.port}`;
    expect(await openSocket({ origin })).toBe(403);
    expect(await openSocket({ cookie })).toBe(403);
    expect(await openSocket({ cookie, origin: "http://attacker.example" })).toBe(403);
    expect(await openSocket({ cookie, origin, host: "attacker.example" })).toBe(403);
    expect(await openSocket({ cookie, origin }, "/other")).toBe(403);
    const socket = await openSocket({ cookie, origin });
    expect(socket).toBeInstanceOf(WebSocket);
    if (socket instanceof WebSocket) socket.terminate();
  });

  it("closes the connection on malformed, binary and huge frames, and lives on", async () => {
    const { cookie } = await signIn();
    const origin = `http://127.0.0.1:${host.port}`;
    for (const frame of ["{not json", Buffer.from([1, 2, 3]), "x".repeat(9 * 1024 * 1024)]) {
      const socket = await openSocket({ cookie, origin });
      if (!(socket instanceof WebSocket)) throw new Error("not opened");
      const closed = once(socket, "close");
      socket.on("error", () => {});
      socket.send(frame);
      await closed;
    }
    expect((await get("/", { cookie })).status).toBe(200);
    await vi.waitFor(() => expect(stub.listenerCount()).toBe(0));
  });

  it("survives garbage in place of HTTP", async () => {
    const { cookie } = await signIn();
    const socket = connectSocket(host.port, "127.0.0.1");
    await once(socket, "connect");
    const closed = once(socket, "close");
    socket.on("error", () => {});
    socket.resume();
    socket.write("\u0000\u0001 garbage\r\n\r\n");
    await closed;
    expect((await get("/", { cookie })).status).toBe(200);
  });
});

describe("calls and events through the serve host", () => {
  it("carries calls and events, ends subscriptions with the window, and closes the application once", async () => {
    const { cookie } = await signIn();
    const socket = await openSocket({ cookie, origin: `http://127.0.0.1:${host.port}` });
    if (!(socket instanceof WebSocket)) throw new Error("not opened");
    const client = connect(appContract, webSocketPort(socket));
    expect(await client.call("jobs.cancel", { jobId: "running" })).toEqual({ cancelled: true });
    const heard = new Promise((resolve) => client.on("rounds", resolve));
    stub.emitRounds();
    expect(await heard).toEqual({ round: 3 });
    expect(stub.listenerCount()).toBe(1);
    await Promise.all([host.close(), host.close()]);
    expect(stub.closedCount()).toBe(1);
    await vi.waitFor(() => expect(stub.listenerCount()).toBe(0));
  });

  it("says which port is taken", async () => {
    await expect(
      startServeHost({ application: stub.application, rendererFolder: folder, port: host.port }),
    ).rejects.toMatchObject({ code: "invalid-input", message: expect.stringContaining(String(host.port)) });
  });
});

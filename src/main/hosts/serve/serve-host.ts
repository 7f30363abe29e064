import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { WebSocketServer } from "ws";
import { appContract } from "../../../shared/contracts/app.ts";
import { FieldmarkError, systemCode } from "../../../shared/errors.ts";
import { serve } from "../../../shared/rpc/server.ts";
import type { Application } from "../../application.ts";
import { securityHeaders } from "../content-security.ts";
import { readRendererFile } from "../renderer-files.ts";
import { hostAllowed, originAllowed, siteAllowed } from "./guards.ts";
import { messagePage } from "./message-page.ts";
import { Session } from "./session.ts";
import { webSocketPort } from "./websocket-port.ts";

/** Largest frame that the browser may send: label changes of some thousand patches fit many times. */
const MAX_FRAME = 8 * 1024 * 1024;
const ADDRESS = "127.0.0.1";

export interface ServeHost {
  /** With the one-time token. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

export interface ServeOptions {
  readonly application: Application;
  /** The built renderer. */
  readonly rendererFolder: string;
  /** 0 or missing: any free port. */
  readonly port?: number;
}

/**
 * Runs the application for the machine's own browser: loopback only, one session, the same renderer
 * and contract as the desktop window. Throws `invalid-input` when the port is taken.
 */
export async function startServeHost(options: ServeOptions): Promise<ServeHost> {
  const { application, rendererFolder } = options;
  const server = createServer({ maxHeaderSize: 16 * 1024 });
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  const port = await listen(server, options.port ?? 0);
  const session = new Session(port);
  const headers = securityHeaders({
    images: "",
    connections: `ws://${ADDRESS}:${port} ws://localhost:${port}`,
  });

  server.on("request", (request, response) => {
    void respond(request, response).catch(() => {
      if (!response.headersSent) send(response, 500, "text/plain; charset=utf-8", "Internal error.");
      else response.destroy();
    });
  });

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!hostAllowed(request.headers, port) || !originAllowed(request.headers, port, false)) {
      return send(response, 403, "text/plain; charset=utf-8", "Forbidden.");
    }
    if (request.method !== "GET" && request.method !== "HEAD") {
      return send(response, 405, "text/plain; charset=utf-8", "Only GET is served.", { Allow: "GET, HEAD" });
    }
    const url = new URL(request.url ?? "/", `http://${ADDRESS}:${port}`);
    const token = url.searchParams.get("token");
    if (url.pathname === "/" && token !== null && !session.admits(request.headers.cookie)) {
      const cookie = session.exchange(token);
      if (cookie === null) return send(response, 403, "text/html; charset=utf-8", messagePage("used-link"));
      return send(response, 303, "text/plain; charset=utf-8", "", { Location: "/", "Set-Cookie": cookie });
    }
    if (!session.admits(request.headers.cookie)) {
      return send(response, 403, "text/html; charset=utf-8", messagePage("no-session"));
    }
    if (url.pathname === "/" && token !== null) {
      return send(response, 303, "text/plain; charset=utf-8", "", { Location: "/" });
    }
    if (url.pathname.startsWith("/tile/")) {
      if (!siteAllowed(request.headers))
        return send(response, 403, "text/plain; charset=utf-8", "Forbidden.");
      const cancelled = new AbortController();
      response.on("close", () => cancelled.abort());
      const picture = await application.image(
        url.pathname.slice("/tile".length),
        url.searchParams,
        cancelled.signal,
      );
      return send(response, picture.status, picture.contentType, picture.body, {
        "Cache-Control":
          picture.status === 200 ? `private, max-age=${picture.maxAge}, immutable` : "no-store",
      });
    }
    const file = await readRendererFile(rendererFolder, url.pathname);
    if (file === null) {
      if (url.pathname === "/")
        return send(response, 503, "text/html; charset=utf-8", messagePage("no-renderer"));
      return send(response, 404, "text/plain; charset=utf-8", "Not found.");
    }
    return send(response, 200, file.contentType, file.body, {
      "Cache-Control": file.immutable ? "private, max-age=31536000, immutable" : "no-store",
    });
  }

  function send(
    response: ServerResponse,
    status: number,
    contentType: string,
    body: string | Uint8Array,
    more: Record<string, string> = {},
  ): void {
    if (response.destroyed) return;
    response.writeHead(status, {
      "Cache-Control": "no-store",
      ...headers,
      "Content-Type": contentType,
      "Content-Length": Buffer.byteLength(body),
      ...more,
    });
    response.end(response.req.method === "HEAD" ? undefined : body);
  }

  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME, perMessageDeflate: false });
  server.on("upgrade", (request: IncomingMessage, socket: Socket, head: Buffer) => {
    const path = (request.url ?? "").split("?")[0];
    const allowed =
      path === "/rpc" &&
      hostAllowed(request.headers, port) &&
      originAllowed(request.headers, port, true) &&
      session.admits(request.headers.cookie);
    if (!allowed) {
      socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const rpc = serve(appContract, application.handlers, webSocketPort(webSocket));
      const stopEvents = application.onEvent((event, payload) => rpc.emit(event, payload));
      webSocket.on("close", () => {
        stopEvents();
        rpc.close();
      });
    });
  });

  let closing: Promise<void> | null = null;
  async function shutDown(): Promise<void> {
    for (const client of sockets.clients) client.terminate();
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
    await application.close();
  }
  return {
    url: `http://${ADDRESS}:${port}/?token=${session.token}`,
    port,
    close() {
      closing ??= shutDown();
      return closing;
    },
  };
}

async function listen(server: ReturnType<typeof createServer>, wanted: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => {
      const taken = systemCode(error) === "EADDRINUSE";
      reject(
        taken
          ? new FieldmarkError(
              "invalid-input",
              `Port ${wanted} is in use. Choose another with --port, or leave it out.`,
              {
                cause: error,
              },
            )
          : error,
      );
    });
    server.listen(wanted, ADDRESS, () => resolve());
  });
  const address = server.address();
  if (address === null || typeof address === "string")
    throw new FieldmarkError("internal", "The server has no port.");
  return address.port;
}

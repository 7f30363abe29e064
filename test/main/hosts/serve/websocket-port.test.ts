import { once } from "node:events";
import { describe } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { webSocketPort } from "../../../../src/main/hosts/serve/websocket-port.ts";
import { type Server, serve } from "../../../../src/shared/rpc/server.ts";
import { describePort } from "../../../shared/rpc/contract-suite.ts";
import { type ProbeContract, probeContract, probeHandlers } from "../../../shared/rpc/probe-contract.ts";

describe("WebSocket port", () => {
  describePort(async () => {
    const listening = new WebSocketServer({ host: "127.0.0.1", port: 0 });
    await once(listening, "listening");
    const address = listening.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    listening.on("connection", (socket) => {
      const server: Server<ProbeContract> = serve(
        probeContract,
        probeHandlers((text) => server.emit("said", { text })),
        webSocketPort(socket),
      );
    });
    const socket = new WebSocket(`ws://127.0.0.1:${address.port}`);
    await once(socket, "open");
    return {
      port: webSocketPort(socket),
      kill: () => {
        for (const client of listening.clients) client.terminate();
      },
      dispose: () => void listening.close(),
    };
  });
});

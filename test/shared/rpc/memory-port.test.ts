import { describe, expect, it } from "vitest";
import { memoryPorts } from "../../../src/shared/rpc/memory-port.ts";
import { type Server, serve } from "../../../src/shared/rpc/server.ts";
import { describePort } from "./contract-suite.ts";
import { type ProbeContract, probeContract, probeHandlers } from "./probe-contract.ts";

describe("memory port", () => {
  describePort(async () => {
    const [near, far] = memoryPorts();
    const server: Server<ProbeContract> = serve(
      probeContract,
      probeHandlers((text) => server.emit("said", { text })),
      far,
    );
    return { port: near, kill: () => far.close(), dispose: () => server.close() };
  });

  it("ignores messages that are none", () => {
    const [near, far] = memoryPorts();
    serve(
      probeContract,
      probeHandlers(() => {}),
      far,
    );
    const received: unknown[] = [];
    near.onMessage((message) => received.push(message));
    // What a compromised page might send.
    for (const junk of [null, 5, "text", { kind: "event" }, { kind: "request" }, []])
      near.post(junk as never);
    return new Promise<void>((resolve) =>
      setTimeout(() => {
        expect(received).toEqual([]);
        resolve();
      }, 20),
    );
  });
});

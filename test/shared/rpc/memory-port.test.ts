import { describe, expect, it } from "vitest";
import { z } from "zod";
import { connect } from "../../../src/shared/rpc/client.ts";
import { defineCall, defineContract } from "../../../src/shared/rpc/contract.ts";
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

  it("turns an answer that cannot travel into the call's error", async () => {
    const [near, far] = memoryPorts();
    const contract = defineContract({ calls: { get: defineCall(z.undefined(), z.unknown()) }, events: {} });
    serve(contract, { get: () => () => "a function" }, far);
    await expect(connect(contract, near).call("get")).rejects.toMatchObject({
      code: "internal",
      message: expect.stringContaining("could not be cloned"),
    });
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

import { expect, it } from "vitest";
import { Cancelled, FieldmarkError } from "../../../src/shared/errors.ts";
import { connect } from "../../../src/shared/rpc/client.ts";
import type { Client } from "../../../src/shared/rpc/contract.ts";
import type { Port } from "../../../src/shared/rpc/port.ts";
import { type ProbeContract, probeContract } from "./probe-contract.ts";

export interface ProbePeer {
  readonly port: Port;
  /** Ends the serving side abruptly. */
  readonly kill: () => void;
  readonly dispose: () => void | Promise<void>;
}

/** What every port must do. `open` gives the calling side's port to a peer that serves `probeHandlers`. */
export function describePort(open: () => Promise<ProbePeer>): void {
  async function withClient(run: (client: Client<ProbeContract>, peer: ProbePeer) => Promise<void>) {
    const peer = await open();
    const client = connect(probeContract, peer.port);
    try {
      await run(client, peer);
    } finally {
      client.close();
      await peer.dispose();
    }
  }

  it("answers calls, with defaults filled in", () =>
    withClient(async (client) => {
      expect(await client.call("add", { a: 1, b: 2 })).toBe(3);
      expect(await client.call("add", { a: 1 })).toBe(11);
      expect(await client.call("ping")).toBe("pong");
    }));

  it("keeps answers apart when many calls are open", () =>
    withClient(async (client) => {
      const sums = await Promise.all(
        Array.from({ length: 50 }, (_, a) => client.call("add", { a, b: 1000 })),
      );
      expect(sums).toEqual(Array.from({ length: 50 }, (_, a) => a + 1000));
    }));

  it("carries an error's code, sentence, details and cause", () =>
    withClient(async (client) => {
      const error = await client.call("fail", { path: "a.tif" }).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(FieldmarkError);
      expect(error).toMatchObject({
        code: "not-found",
        message: "a.tif does not exist.",
        details: { path: "a.tif", tile: 3 },
        cause: "ENOENT",
      });
    }));

  it("turns an unexpected exception into an internal error", () =>
    withClient(async (client) => {
      await expect(client.call("crash")).rejects.toMatchObject({ code: "internal" });
    }));

  it("refuses wrong input and unknown calls", () =>
    withClient(async (client) => {
      const loose = client as unknown as { call(name: string, input?: unknown): Promise<unknown> };
      await expect(loose.call("add", { a: "one" })).rejects.toMatchObject({ code: "invalid-input" });
      await expect(loose.call("toString")).rejects.toMatchObject({ code: "invalid-input" });
      await expect(loose.call("nothing")).rejects.toMatchObject({ code: "invalid-input" });
    }));

  it("notices an answer that breaks the contract", () =>
    withClient(async (client) => {
      await expect(client.call("lie")).rejects.toMatchObject({ code: "internal" });
    }));

  it("ends a call whose error reply has the wrong form", () =>
    withClient(async (client) => {
      await expect(client.call("stray")).rejects.toMatchObject({
        code: "internal",
        message: expect.stringContaining("stray"),
      });
    }));

  it("cancels: the handler is told, and the caller gets Cancelled, not an error", () =>
    withClient(async (client) => {
      const controller = new AbortController();
      const waiting = client.call("wait", undefined, { signal: controller.signal });
      const outcome = expect(waiting).rejects.toBeInstanceOf(Cancelled);
      await client.call("ping");
      controller.abort();
      await outcome;
      expect(await client.call("cancelledCount")).toBe(1);
    }));

  it("reports progress in order", () =>
    withClient(async (client) => {
      const seen: number[] = [];
      await client.call("steps", { count: 4 }, { onProgress: ({ done }) => seen.push(done) });
      expect(seen).toEqual([1, 2, 3, 4]);
    }));

  it("delivers events until the subscription ends", () =>
    withClient(async (client) => {
      const heard: string[] = [];
      const stop = client.on("said", ({ text }) => heard.push(text));
      await client.call("announce", { text: "one" });
      stop();
      await client.call("announce", { text: "two" });
      expect(heard).toEqual(["one"]);
    }));

  it("fails open and later calls when the other side dies", () =>
    withClient(async (client, peer) => {
      const waiting = client.call("wait");
      const outcome = expect(waiting).rejects.toMatchObject({ code: "engine-lost" });
      await client.call("ping");
      peer.kill();
      await outcome;
      await expect(client.call("ping")).rejects.toMatchObject({ code: "engine-lost" });
    }));
}

import { describe, expect, it } from "vitest";
import { createBridge } from "../../src/preload/bridge.ts";

function fakeIpc() {
  const sent: { channel: string; message: unknown }[] = [];
  const listeners = new Set<(event: unknown, message: unknown) => void>();
  return {
    sent,
    deliver: (message: unknown) => {
      for (const listener of listeners) listener({ sender: "must not leak" }, message);
    },
    ipc: {
      send: (channel: string, message: unknown) => void sent.push({ channel, message }),
      on: (_channel: string, listener: (event: unknown, message: unknown) => void) => listeners.add(listener),
      off: (_channel: string, listener: (event: unknown, message: unknown) => void) =>
        listeners.delete(listener),
    },
  };
}

describe("the preload bridge", () => {
  it("passes the contract's calls and cancellations, and only their known fields", () => {
    const { ipc, sent } = fakeIpc();
    const bridge = createBridge(ipc, ["labels.undo"]);
    const request = { kind: "request", id: 1, call: "labels.undo", input: undefined, extra: "x" } as const;
    bridge.post(request);
    bridge.post({ kind: "cancel", id: 1 });
    expect(sent.map(({ message }) => message)).toEqual([
      { kind: "request", id: 1, call: "labels.undo", input: undefined },
      { kind: "cancel", id: 1 },
    ]);
    expect(new Set(sent.map(({ channel }) => channel))).toEqual(new Set(["fieldmark:message"]));
  });

  it("refuses unknown calls and every other kind of message", () => {
    const { ipc, sent } = fakeIpc();
    const bridge = createBridge(ipc, ["labels.undo"]);
    expect(() => bridge.post({ kind: "request", id: 1, call: "fs.read", input: "/etc/passwd" })).toThrow();
    expect(() => bridge.post({ kind: "event", event: "project", payload: null })).toThrow();
    expect(() => bridge.post({ kind: "reply", id: 1, reply: { ok: true, value: 1 } })).toThrow();
    expect(sent).toEqual([]);
  });

  it("hands on messages without Electron's event, until the listener is removed", () => {
    const { ipc, deliver } = fakeIpc();
    const heard: unknown[][] = [];
    const stop = createBridge(ipc, []).onMessage((...args: unknown[]) => heard.push(args));
    deliver("one");
    stop();
    deliver("two");
    expect(heard).toEqual([["one"]]);
  });
});

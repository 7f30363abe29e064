import { describe, expect, it, vi } from "vitest";
import { type ConnectionState, createConnection } from "../../../src/renderer/connection/connection.ts";
import { ConnectionRefused } from "../../../src/renderer/connection/web-socket-port.ts";
import { memoryPorts } from "../../../src/shared/rpc/memory-port.ts";
import type { Message, Port } from "../../../src/shared/rpc/port.ts";

/** A host whose connections can be cut; it answers only when told to. */
function host() {
  const requests: Extract<Message, { kind: "request" }>[] = [];
  let current: Port | null = null;
  return {
    requests,
    open: vi.fn(async () => {
      const [page, application] = memoryPorts();
      application.onMessage((message) => {
        // The page sends nothing but the protocol's messages.
        const sent = message as Message;
        if (sent.kind === "request") requests.push(sent);
      });
      current = application;
      return page;
    }),
    cut: () => current?.close(),
    answer(id: number, value: unknown) {
      current?.post({ kind: "reply", id, reply: { ok: true, value } });
    },
    emit(event: string, payload: unknown) {
      current?.post({ kind: "event", event, payload });
    },
  };
}

const immediately = () => Promise.resolve();
const flagged = { patchIds: [1], flagged: true };
const result = { patches: [], undoDepth: 1, redoDepth: 0 };

describe("the connection", () => {
  it("sends again, in order, what was under way when it was lost", async () => {
    const { open, cut, requests, answer } = host();
    const connection = createConnection(open, immediately);
    const first = connection.call("labels.flag", flagged);
    const second = connection.call("labels.skip", { patchIds: [2], skipped: true });
    await vi.waitFor(() => expect(requests.length).toBe(2));
    cut();
    const third = connection.call("labels.confirm", { patchIds: [3], confirmed: true });
    await vi.waitFor(() => expect(requests.length).toBe(5));
    expect(requests.slice(2).map((request) => request.call)).toEqual([
      "labels.flag",
      "labels.skip",
      "labels.confirm",
    ]);
    for (const request of requests.slice(2)) answer(request.id, result);
    expect(await Promise.all([first, second, third])).toEqual([result, result, result]);
  });

  it("does not repeat what would happen twice", async () => {
    const { open, cut, requests } = host();
    const connection = createConnection(open, immediately);
    const undo = connection.call("labels.undo");
    await vi.waitFor(() => expect(requests.length).toBe(1));
    cut();
    await expect(undo).rejects.toMatchObject({ code: "engine-lost" });
    expect(requests.length).toBe(1);
  });

  it("keeps subscriptions over a loss, and ends them when asked", async () => {
    const { open, cut, emit } = host();
    const connection = createConnection(open, immediately);
    const heard: unknown[] = [];
    const stop = connection.on("rounds", (payload) => heard.push(payload));
    await vi.waitFor(() => expect(connection.state()).toBe("open"));
    cut();
    await vi.waitFor(() => expect(open).toHaveBeenCalledTimes(2));
    await vi.waitFor(() => expect(connection.state()).toBe("open"));
    emit("rounds", { round: 1 });
    await vi.waitFor(() => expect(heard).toEqual([{ round: 1 }]));
    stop();
    emit("rounds", { round: 2 });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(heard.length).toBe(1);
  });

  it("tells its states, and goes on trying", async () => {
    const { open } = host();
    open.mockRejectedValueOnce(new Error("nobody there")).mockRejectedValueOnce(new ConnectionRefused("no"));
    const waits: number[] = [];
    const states: ConnectionState[] = [];
    const connection = createConnection(open, async (milliseconds) => void waits.push(milliseconds));
    connection.onState((state) => states.push(state));
    await vi.waitFor(() => expect(connection.state()).toBe("open"));
    expect(states).toEqual(["lost", "refused", "open"]);
    expect(waits).toEqual([250, 500]);
  });
});

import { expect, it } from "vitest";
import { createEngineHost } from "../../../src/main/engine-host/engine-host.ts";
import type { EngineProcess } from "../../../src/main/engine-host/engine-process.ts";
import { type EngineContract, engineContract } from "../../../src/shared/contracts/engine.ts";
import type { Handlers } from "../../../src/shared/rpc/contract.ts";
import { memoryPorts } from "../../../src/shared/rpc/memory-port.ts";
import { serve } from "../../../src/shared/rpc/server.ts";

const PREDICT = { embeddings: "/e", model: "/m", ids: Int32Array.of(1) };

/** Engines whose `predict` does what the test says, process after process. */
function hostOf(...predicts: ((crash: () => void) => Promise<Float32Array>)[]) {
  let spawned = 0;
  const unused = () => Promise.reject(new Error("not used"));
  const host = createEngineHost((): EngineProcess => {
    const [near, far] = memoryPorts();
    const predict = predicts[spawned];
    spawned++;
    const handlers: Handlers<EngineContract> = {
      status: unused,
      encode: unused,
      train: unused,
      trainNetwork: unused,
      features: unused,
      query: unused,
      simulate: unused,
      predict: async () => ({ probabilities: (await predict?.(() => far.close())) ?? new Float32Array(0) }),
    };
    serve(engineContract, handlers, far);
    return { port: near, pid: spawned, kill: () => far.close() };
  });
  return { host, spawned: () => spawned };
}

const answer = async () => Float32Array.of(0.5);
const crash = (kill: () => void) => {
  kill();
  return new Promise<Float32Array>(() => {});
};

it("starts the engine with the first call and keeps it", async () => {
  const { host, spawned } = hostOf(answer);
  expect(spawned()).toBe(0);
  await host.call("predict", PREDICT);
  expect((await host.call("predict", PREDICT)).probabilities).toEqual(Float32Array.of(0.5));
  expect(spawned()).toBe(1);
  host.close();
});

it("restarts a crashed engine and tries the call once more", async () => {
  const { host, spawned } = hostOf(crash, answer);
  const lost: string[] = [];
  host.onLost((reason) => lost.push(reason));
  const messages: string[] = [];
  const { probabilities } = await host.call("predict", PREDICT, {
    onProgress: ({ message }) => messages.push(message),
  });
  expect(probabilities).toEqual(Float32Array.of(0.5));
  expect(spawned()).toBe(2);
  expect(lost).toHaveLength(1);
  expect(messages).toEqual(["The engine stopped and is being restarted"]);
  host.close();
});

it("gives up after the second crash with a sentence, and still works afterwards", async () => {
  const { host } = hostOf(crash, crash, answer);
  await expect(host.call("predict", PREDICT)).rejects.toMatchObject({
    code: "engine-lost",
    message: expect.stringMatching(/stopped twice while predicting\. All labels are safe/),
  });
  await expect(host.call("predict", PREDICT)).resolves.toBeDefined();
  host.close();
});

it("does not retry what was cancelled, nor start anything once it is closed", async () => {
  const { host, spawned } = hostOf(crash, answer);
  const controller = new AbortController();
  const call = host.call("predict", PREDICT, { signal: controller.signal });
  controller.abort();
  await expect(call).rejects.toThrow();
  host.close();
  await expect(host.call("predict", PREDICT)).rejects.toMatchObject({ code: "engine-lost" });
  expect(spawned()).toBeLessThanOrEqual(1);
});

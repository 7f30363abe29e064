import { describe, expect, it } from "vitest";
import { loadBackend } from "../../../src/engine/backends/index.ts";
import { operationsSuite } from "./operations-suite.ts";

describe("the WASM backend", () => {
  operationsSuite("operations on WASM", () => loadBackend({ prefer: "wasm" }));

  it("tells what it is, and leaves the process's crash handling alone", async () => {
    const before = process.listenerCount("unhandledRejection") + process.listenerCount("uncaughtException");
    const backend = await loadBackend({ prefer: "wasm" });
    expect(backend.id).toBe("wasm");
    expect(backend.tf.getBackend()).toBe("wasm");
    expect(backend.trainsConvolutions).toBe(false);
    expect(process.listenerCount("unhandledRejection") + process.listenerCount("uncaughtException")).toBe(
      before,
    );
  });
});

import { expect, it } from "vitest";
import { loadBackend } from "../../../src/engine/backends/index.ts";
import { NETWORKS } from "../../../src/engine/networks/index.ts";
import { createRandom } from "../../../src/shared/random.ts";

it("says that networks need the native backend, and what to do", async () => {
  const { tf } = await loadBackend({ prefer: "wasm" });
  for (const network of NETWORKS) {
    const make = () => network.create(tf, { bands: 3, classes: 2 }, { stem: "standard" }, createRandom(1));
    expect(make).toThrow(expect.objectContaining({ code: "backend-unavailable" }));
    expect(make).toThrow(/need the native TensorFlow backend.*npm run setup.*head on frozen embeddings/);
  }
});

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { decode } from "fast-png";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  createDecodePool,
  type DecodePoolOptions,
  type PictureRequest,
} from "../../src/archive/decode-pool.ts";
import { entryUrl } from "../../src/archive/entry-url.ts";
import { scanFolder } from "../../src/archive/scan.ts";
import { compositeSchema, type Scene } from "../../src/shared/domain/imagery.ts";
import { Cancelled } from "../../src/shared/errors.ts";
import { sceneRecord, scratchFolder, writeRaster } from "./fixtures.ts";

function openPool(options: DecodePoolOptions) {
  const pool = createDecodePool(options);
  onTestFinished(() => pool.close());
  return pool;
}

function request(root: string, scene: Scene, more: Partial<PictureRequest> = {}): PictureRequest {
  return {
    root,
    scene,
    window: { x: 0, y: 0, width: scene.width, height: scene.height },
    composite: compositeSchema.parse({ id: "true-colour", stretch: "none" }),
    statistics: [],
    size: null,
    ...more,
  };
}

describe("the real worker", () => {
  test("paints patches, and tells why it can't", async () => {
    const folder = await scratchFolder();
    for (let i = 0; i < 6; i++) {
      const bands = [i, 2 * i, 3 * i].map((value) => new Uint8Array(64).fill(value));
      await writeRaster(folder, `${i}.tif`, { width: 8, height: 8, dtype: "uint8", bands });
    }
    const { scenes } = await scanFolder(folder);
    const pool = openPool({ threads: 2 });
    const pictures = await Promise.all(scenes.map((scene) => pool.run("picture", request(folder, scene))));
    expect(pictures.map((png) => [...decode(png).data.subarray(0, 3)])).toEqual(
      scenes.map((_, i) => [i, 2 * i, 3 * i]),
    );
    const composite = compositeSchema.parse({ id: "ndvi" });
    await expect(
      pool.run("picture", request(folder, scenes[0] as Scene, { composite })),
    ).rejects.toMatchObject({
      code: "invalid-input",
    });
    const gone = sceneRecord({
      name: "gone",
      bands: [{ name: "Grey", file: "gone.tif", fileBand: 0, width: 100, height: 100 }],
    });
    const grey = compositeSchema.parse({ id: "single-band" });
    await expect(pool.run("picture", request(folder, gone, { composite: grey }))).rejects.toThrow(
      /gone\.tif/,
    );
  });
});

describe("with a worker of the test's own", () => {
  /** Answers with the scene's name, dies on "crash", and takes a while over "slow". */
  const SOURCE = `
    import { parentPort } from "node:worker_threads";
    parentPort.on("message", ({ request: { scene: { name } } }) => {
      if (name === "crash") throw new Error("out of memory");
      if (name === "exit") process.exit(3);
      const reply = () => parentPort.postMessage({ result: new TextEncoder().encode(name) });
      if (name === "slow") setTimeout(reply, 100);
      else reply();
    });
  `;
  async function pool(threads: number) {
    const file = join(await scratchFolder(), "worker.mjs");
    await writeFile(file, SOURCE);
    return openPool({ threads, entry: pathToFileURL(file) });
  }
  const named = (name: string) => request("", sceneRecord({ name }));
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

  test("a worker that dies fails its own request only", async () => {
    const decoders = await pool(1);
    const results = await Promise.allSettled(
      ["a", "crash", "b", "exit", "c"].map(async (name) => text(await decoders.run("picture", named(name)))),
    );
    expect(results.map((result) => (result.status === "fulfilled" ? result.value : "failed"))).toEqual([
      "a",
      "failed",
      "b",
      "failed",
      "c",
    ]);
    const [, crashed] = results;
    expect(crashed).toMatchObject({
      reason: { code: "internal", message: expect.stringContaining("picture of crash") },
    });
    expect(crashed).toMatchObject({
      reason: { cause: expect.objectContaining({ message: "out of memory" }) },
    });
  });

  test("superseded requests leave the queue, and a running one is dropped", async () => {
    const decoders = await pool(1);
    const controller = new AbortController();
    const { signal } = controller;
    const running = decoders.run("picture", named("slow"), { signal });
    const waiting = decoders.run("picture", named("crash"), { signal });
    const wanted = decoders.run("picture", named("wanted"));
    controller.abort();
    await expect(running).rejects.toBeInstanceOf(Cancelled);
    await expect(waiting).rejects.toBeInstanceOf(Cancelled);
    expect(text(await wanted)).toBe("wanted");
    await expect(decoders.run("picture", named("late"), { signal })).rejects.toBeInstanceOf(Cancelled);
  });

  test("closing cancels what is open", async () => {
    const decoders = await pool(1);
    const open = ["slow", "a", "b"].map((name) => decoders.run("picture", named(name)));
    const settled = Promise.allSettled(open);
    await decoders.close();
    for (const result of await settled) expect(result).toMatchObject({ reason: expect.any(Cancelled) });
    await expect(decoders.run("picture", named("a"))).rejects.toBeInstanceOf(Cancelled);
  });
});

test("entries lie beside the source, or in the bundle's folder", () => {
  const from = (url: string) => entryUrl("engine/entry.ts", "engine.js", url).href;
  expect(from("file:///app/src/archive/entry-url.ts")).toBe("file:///app/src/engine/entry.ts");
  expect(from("file:///app/out/main/index.js")).toBe("file:///app/out/main/engine.js");
  expect(from("file:///app/out/main/chunks/shared-a1.js")).toBe("file:///app/out/main/engine.js");
});

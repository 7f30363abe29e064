import { fork } from "node:child_process";
import { existsSync, readdirSync, watch } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { readModel } from "../../../src/engine/heads/model-folder.ts";
import { childProcessPort } from "../../../src/engine/ports.ts";
import { featuresFolder } from "../../../src/engine/training/features.ts";
import { trainNetwork } from "../../../src/engine/training/train-network.ts";
import { QUIET_WORK } from "../../../src/engine/work.ts";
import { engineContract } from "../../../src/shared/contracts/engine.ts";
import { connect } from "../../../src/shared/rpc/client.ts";
import { tf } from "../fixture.ts";
import { REASON, withoutNative } from "../networks/native.ts";
import { trainingScene } from "./scene.ts";

const entry = fileURLToPath(new URL("../../../src/engine/entry.ts", import.meta.url));

/** A real engine process. */
function start() {
  const child = fork(entry, [], {
    serialization: "advanced",
    execArgv: [],
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  const kill = () => void child.kill("SIGKILL");
  onTestFinished(kill);
  return { engine: connect(engineContract, childProcessPort(child)), kill };
}

const LOST = { code: "engine-lost" };

describe.skipIf(withoutNative)(`an engine that is killed (${REASON})`, () => {
  it("in an epoch, in a checkpoint, among features and in a query leaves what the next one goes on from", async () => {
    const { request, patches, work } = await trainingScene({
      options: { epochs: 3, batchSize: 5, learningRate: 0.002 },
    });
    const tables = [{ ...patches, scenes: [...patches.scenes] }];
    const folder = join(work, "models");
    await mkdir(folder);
    const checkpoint = { file: join(folder, "unfinished"), everySeconds: 0 };
    const asked = {
      ...request,
      patches: tables,
      classIds: [...request.classIds],
      classNames: [],
      checkpoint,
    };

    const first = start();
    const inEpoch = first.engine.call("trainNetwork", asked, {
      onProgress: ({ done, message }) => void (message.startsWith("Training") && done === 5 && first.kill()),
    });
    await expect(inEpoch).rejects.toMatchObject(LOST);
    expect(existsSync(checkpoint.file)).toBe(true);

    const second = start();
    const watcher = watch(folder, (_, name) => void (name?.endsWith(".tmp") && second.kill()));
    await expect(second.engine.call("trainNetwork", asked)).rejects.toMatchObject(LOST);
    watcher.close();
    expect(existsSync(asked.out)).toBe(false);

    const third = start();
    const { resumedEpochs } = await third.engine.call("trainNetwork", asked);
    expect(resumedEpochs).toBeGreaterThan(0);
    const undisturbed = join(work, "undisturbed");
    await trainNetwork({ ...request, out: undisturbed }, tf, QUIET_WORK);
    const [resumed, whole] = [await readModel(asked.out), await readModel(undisturbed)];
    // Two processes may divide the work among other threads, so equal but for rounding.
    const [one, other] = [resumed.state.arrays["fc.weight"]!, whole.state.arrays["fc.weight"]!];
    expect(Math.hypot(...one.map((value, i) => value - other[i]!))).toBeLessThan(1e-3 * Math.hypot(...other));

    const features = { patches: tables, model: asked.out };
    const whileLooking = third.engine.call("features", features, {
      onProgress: ({ done }) => void (done > 0 && third.kill()),
    });
    // All patches of this small archive are one batch: it may be written before the signal arrives.
    await Promise.allSettled([whileLooking]);
    const fourth = start();
    expect((await fourth.engine.call("features", features)).count).toBe(20);
    const query = {
      embeddings: featuresFolder(asked.out),
      model: asked.out,
      kind: "multi-label" as const,
      function: "mge+clustering",
      budget: 3,
      candidates: patches.ids.slice(12),
      labeled: patches.ids.slice(0, 12),
      seed: 1,
    };
    const inQuery = fourth.engine.call("query", query, { onProgress: () => fourth.kill() });
    await Promise.allSettled([inQuery]);
    const fifth = start();
    expect((await fifth.engine.call("query", query)).ids).toHaveLength(3);
    expect(readdirSync(asked.out).sort()).toEqual(["features", "model.json", "weights.f32"]);
  }, 120_000);
});

// One query of 20 patches with every query function, from 1,000 and from 100,000 embeddings of 512 dimensions on disk:
// opening the model, reading, scoring and choosing. Next to it what NumPy takes for the part that is bound by
// matrix products: reading, one pass of the same network over all patches, entropy and order for what scores
// all patches; reading and 20 farthest points for "fps".
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { loadBackend } from "../../src/engine/backends/index.ts";
import { writeManifest } from "../../src/engine/embeddings/manifest.ts";
import { openVectorWriter } from "../../src/engine/embeddings/vector-files.ts";
import { query } from "../../src/engine/query.ts";
import { QUERY_FUNCTIONS } from "../../src/engine/query-functions/index.ts";
import { train } from "../../src/engine/train.ts";
import { QUIET_WORK } from "../../src/engine/work.ts";
import { createRandom } from "../../src/shared/random.ts";

const execute = promisify(execFile);

const DIMENSIONS = 512;
const CLASSES = 17;
const KINDS = 40;
const LABELED = 200;
const BUDGET = 20;
const POOLS = [1000, 100_000] as const;
const REPEATS = 2;
/** Functions that score every patch with one pass of the network, or little more. */
const SCORING = /^(ll|tpd|mge|entropy|least-confidence|bald)/;

const REFERENCE = `
import json, os, sys, time
import numpy as np
path, dimensions, repeats = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
rng = np.random.default_rng(1)
w1 = rng.standard_normal((dimensions, 256)).astype(np.float32) * 0.06
w2 = rng.standard_normal((256, 17)).astype(np.float32) * 0.06
def read():
    x = np.fromfile(path, np.float32).reshape(-1, dimensions)
    return (x - np.float32(0.1)) * np.float32(1.1)
def scores():
    p = 1 / (1 + np.exp(-(np.maximum(read() @ w1, 0) @ w2)))
    q = np.clip(p, 1e-7, 1 - 1e-7)
    np.argsort(-(-(q * np.log2(q) + (1 - q) * np.log2(1 - q))).mean(1))[:20]
def fps():
    x = read(); row = 0
    near = np.full(len(x), np.inf, np.float32)
    for _ in range(20):
        near = np.minimum(near, ((x - x[row]) ** 2).sum(1)); row = int(near.argmax())
def best(work):
    seconds, cpus = [], []
    for _ in range(repeats):
        before, start = os.times(), time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
        after = os.times()
        cpus.append(after.user + after.system - before.user - before.system)
    return {"seconds": min(seconds), "cpuSeconds": min(cpus)}
print(json.dumps({"scores": best(scores), "fps": best(fps)}))
`;

interface Cost {
  readonly seconds: number;
  /** Of all threads: tells more than seconds on a busy machine. */
  readonly cpuSeconds: number;
}
type Reference = Readonly<Record<"scores" | "fps", Cost>>;

/** Patches around some centres, on disk as an encoder leaves them. @returns labels, rows × classes */
async function writePool(folder: string, count: number): Promise<Int8Array> {
  const random = createRandom("bench");
  const centers = Float32Array.from({ length: KINDS * DIMENSIONS }, () => random.normal());
  // A long list of normal numbers, read from different places: drawing them all would take longer than the queries.
  const noise = Float32Array.from({ length: 1 << 20 }, () => random.normal());
  await writeManifest(
    folder,
    {
      encoder: "stats",
      version: 1,
      options: {},
      seed: 1,
      bands: ["Grey"],
      side: 16,
      dimensions: DIMENSIONS,
      groups: [{ name: "statistics", length: DIMENSIONS, weight: 1 }],
      config: {},
    },
    {},
  );
  const writer = await openVectorWriter(folder, DIMENSIONS);
  const labels = new Int8Array(count * CLASSES);
  for (let start = 0; start < count; start += 1000) {
    const values = new Float32Array(1000 * DIMENSIONS);
    for (let i = 0; i < 1000; i++) {
      const kind = random.integer(KINDS);
      const place = random.integer(noise.length - DIMENSIONS);
      for (let d = 0; d < DIMENSIONS; d++)
        values[i * DIMENSIONS + d] = centers[kind * DIMENSIONS + d]! + 2 * noise[place + d]!;
      for (let c = 0; c < CLASSES; c++) labels[(start + i) * CLASSES + c] = (kind >> (c % 5)) & 1;
    }
    await writer.append(
      Int32Array.from({ length: 1000 }, (_, i) => start + i + 1),
      values,
    );
  }
  await writer.close();
  return labels;
}

/** The first Python that has NumPy. */
async function reference(folder: string): Promise<Reference | null> {
  const settings = [join(folder, "vectors.f32"), String(DIMENSIONS), String(REPEATS)];
  for (const python of ["python3", "/usr/bin/python3"]) {
    try {
      const { stdout } = await execute(python, ["-c", REFERENCE, ...settings]);
      return JSON.parse(stdout) as Reference;
    } catch {
      // Without Python, or without NumPy: the next one.
    }
  }
  return null;
}

function report(id: string, setting: string, cost: Cost, numpy: Reference | null): void {
  const part = SCORING.test(id) ? "scores" : id === "fps" ? "fps" : null;
  const compared =
    part === null
      ? {}
      : numpy === null
        ? { reference: "NumPy skipped: it is not installed" }
        : {
            reference: part === "fps" ? "NumPy, 20 farthest points" : "NumPy, one pass of the network",
            referenceSeconds: numpy[part].seconds,
            referenceCpuSeconds: numpy[part].cpuSeconds,
            ratio: cost.seconds / numpy[part].seconds,
            cpuRatio: cost.cpuSeconds / numpy[part].cpuSeconds,
          };
  console.log(JSON.stringify({ name: `queries: ${id}, ${setting}`, ...cost, ...compared }));
}

export async function run(): Promise<void> {
  const { tf, id } = await loadBackend();
  for (const count of POOLS) {
    const folder = await mkdtemp(join(tmpdir(), "fieldmark-bench-"));
    try {
      const states = await writePool(folder, count);
      const ids = Int32Array.from({ length: count }, (_, i) => i + 1);
      const labeled = ids.slice(0, LABELED);
      const models = [join(folder, "before"), join(folder, "now")] as const;
      for (const [round, out] of models.entries()) {
        const taken = labeled.slice(0, LABELED - 20 * (1 - round));
        await train(
          {
            embeddings: folder,
            kind: "multi-label",
            classIds: Array.from({ length: CLASSES }, (_, c) => c),
            train: { ids: taken, states: states.slice(0, taken.length * CLASSES) },
            validation: { ids: new Int32Array(0), states: new Int8Array(0) },
            head: "auto",
            options: {},
            warmStart: null,
            forQuery: { function: "ll", options: {} },
            seed: 1,
            out,
          },
          tf,
          QUIET_WORK,
        );
      }
      const numpy = await reference(folder);
      for (const entry of QUERY_FUNCTIONS) {
        const cost = { seconds: Number.POSITIVE_INFINITY, cpuSeconds: Number.POSITIVE_INFINITY };
        for (let repeat = 0; repeat < REPEATS; repeat++) {
          const before = process.cpuUsage();
          const start = performance.now();
          await query(
            {
              embeddings: folder,
              model: models[1],
              previousModel: models[0],
              kind: "multi-label",
              function: entry.id,
              options: {},
              budget: BUDGET,
              candidates: ids.slice(LABELED),
              labeled,
              seed: repeat,
            },
            tf,
            QUIET_WORK,
          );
          cost.seconds = Math.min(cost.seconds, (performance.now() - start) / 1000);
          const { user, system } = process.cpuUsage(before);
          cost.cpuSeconds = Math.min(cost.cpuSeconds, (user + system) / 1e6);
        }
        report(entry.id, `${BUDGET} of ${count} × ${DIMENSIONS}, head auto on ${id}`, cost, numpy);
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

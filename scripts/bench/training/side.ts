// A process of its own for the networks: the workload as its argument, a job on each line of input, its cost on each
// line of output.
import { createInterface } from "node:readline";
import { loadBackend } from "../../../src/engine/backends/index.ts";
import { NETWORKS } from "../../../src/engine/networks/index.ts";
import { openKernels } from "../../../src/engine/networks/kernels.ts";
import { Sgd } from "../../../src/engine/networks/optimisers/sgd.ts";
import { trainingStep } from "../../../src/engine/networks/training-step.ts";
import { findEntry, parseOptions } from "../../../src/engine/registry.ts";
import { createRandom } from "../../../src/shared/random.ts";
import type { Cost, Job, Workload } from "./jobs.ts";

const { network: id, batch, side, bands, classes, threads } = JSON.parse(process.argv[2] ?? "") as Workload;
const { tf } = await loadBackend({ prefer: "tensorflow", threads });
const random = createRandom(1);
const entry = findEntry("network", NETWORKS, id);
const network = entry.create(tf, { bands, classes }, parseOptions(entry, {}), random);
const optimiser = new Sgd(openKernels(tf), network.parameters.values(), { momentum: 0.9 });
const images = tf.randomNormal([batch, side, side, bands], 0, 1, "float32", 1);
const labels = Int8Array.from({ length: batch * classes }, () => random.integer(2));

function work(job: Job): void {
  if (job === "step") {
    trainingStep(tf, network, { images, labels }, { kind: "multi-label", optimiser, rate: 0.01 });
    return;
  }
  const { logits, features } = network.infer(images);
  logits.dataSync();
  tf.dispose([logits, features]);
}

console.log("ready");
for await (const line of createInterface({ input: process.stdin })) {
  const before = process.cpuUsage();
  const start = performance.now();
  work(line === "step" ? "step" : "inference");
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  const cost: Cost = {
    seconds,
    cpuSeconds: (user + system) / 1e6,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  };
  console.log(JSON.stringify(cost));
}

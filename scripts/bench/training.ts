// A training step and an inference pass of the end-to-end networks next to PyTorch on the same number of threads. Both
// run in processes of their own and take turns, so that a busy machine slows down both; after a few steps to warm up,
// the least of several times counts. "ratio" compares seconds, "cpuRatio" the processor time of all threads; the
// memory is the most that the whole process ever had. Once on all cores, which says something on a quiet machine only
// (PyTorch's threads wait for each other), and once on one.
import { availableParallelism } from "node:os";
import { hasNativeBinding } from "../../src/engine/backends/tensorflow.ts";
import { type Cost, type Job, WORKLOADS, type Workload } from "./training/jobs.ts";
import { networkSide, pytorchSide, type Side } from "./training/sides.ts";

const WARM_UP = 2;
const REPEATS = 5;
const JOBS: readonly Job[] = ["step", "inference"];

const report = (figure: object) => console.log(JSON.stringify(figure));

/** The costs of both, who take turns. */
async function race(job: Job, ours: Side, reference: Side | null) {
  const costs: Cost[] = [];
  const references: Cost[] = [];
  for (let repeat = 0; repeat < WARM_UP + REPEATS; repeat++) {
    const cost = await ours.work(job);
    const other = await reference?.work(job);
    if (repeat < WARM_UP) continue;
    costs.push(cost);
    if (other) references.push(other);
  }
  return { cost: least(costs), reference: references.length > 0 ? least(references) : null };
}

function least(costs: readonly Cost[]): Cost {
  const minimum = (key: keyof Cost) => Math.min(...costs.map((cost) => cost[key]));
  return {
    seconds: minimum("seconds"),
    cpuSeconds: minimum("cpuSeconds"),
    peakMegabytes: Math.max(...costs.map(({ peakMegabytes }) => peakMegabytes)),
  };
}

async function compare(workload: Workload): Promise<void> {
  const { network, batch, side, bands, threads } = workload;
  const what = `${network}, batch ${batch}, ${side} × ${side} × ${bands}, threads: ${threads}`;
  const ours = await networkSide(workload);
  const pytorch = await pytorchSide(workload);
  try {
    for (const job of JOBS) {
      const { cost, reference } = await race(job, ours, pytorch);
      const { seconds, cpuSeconds, peakMegabytes } = cost;
      const skipped = { reference: "PyTorch skipped: no Python with torch was found" };
      const timed = reference && {
        reference: "PyTorch",
        referenceSeconds: reference.seconds,
        referenceCpuSeconds: reference.cpuSeconds,
        ratio: seconds / reference.seconds,
        cpuRatio: cpuSeconds / reference.cpuSeconds,
      };
      report({ name: `training: ${what}, ${job}`, seconds, cpuSeconds, ...(timed ?? skipped) });
      if (job !== "step") continue;
      const measured = reference && {
        reference: "PyTorch",
        referenceMegabytes: reference.peakMegabytes,
        ratio: peakMegabytes / reference.peakMegabytes,
      };
      report({ name: `training: ${what}, peak memory of steps`, peakMegabytes, ...(measured ?? skipped) });
    }
  } finally {
    ours.close();
    pytorch?.close();
  }
}

export async function run(): Promise<void> {
  if (!hasNativeBinding()) {
    report({ name: "training", skipped: "the native TensorFlow backend is not built; networks need it" });
    return;
  }
  for (const workload of WORKLOADS) {
    for (const threads of new Set([availableParallelism(), 1])) await compare({ ...workload, threads });
  }
}

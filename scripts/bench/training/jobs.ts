/** What is trained and on what. */
export interface Workload {
  readonly network: "densenet-121" | "resnet-18";
  readonly batch: number;
  readonly side: number;
  readonly bands: number;
  readonly classes: number;
  /** Processor threads of one operation. */
  readonly threads: number;
}

export const WORKLOADS: readonly Omit<Workload, "threads">[] = [
  { network: "densenet-121", batch: 10, side: 256, bands: 3, classes: 17 },
  { network: "resnet-18", batch: 32, side: 64, bands: 13, classes: 19 },
];

/** What a side is asked to do with its network and its one batch, a word on each line of input. */
export type Job = "step" | "inference";

/** What it took, one line of JSON. */
export interface Cost {
  readonly seconds: number;
  /** Of all threads of the process. */
  readonly cpuSeconds: number;
  /** Most memory that the process ever had. */
  readonly peakMegabytes: number;
}

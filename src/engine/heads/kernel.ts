import { z } from "zod";
import type { ProjectKind } from "../../shared/domain/learning.ts";
import { FieldmarkError } from "../../shared/errors.ts";
import type { EngineMath, Tensor2D } from "../backends/index.ts";
import { computeValues } from "../compute-values.ts";
import { rowRange, takeRows, type Vectors } from "../embeddings/vectors.ts";
import { rowsPerBlock, squaredDistanceTensor } from "../neighbours/distances.ts";
import { KERNELS, kernelMatrix, medianSquaredDistance } from "../neighbours/kernel.ts";
import { breathe, type Work } from "../work.ts";
import { applyCalibration, type Calibration, calibrate } from "./calibration.ts";
import type { Head, HeadContext, HeadState, OpenHead, TrainingData } from "./head.ts";
import { fitKernelRidge } from "./kernel-ridge.ts";
import { groupByReviewedRows, type LabelGroup } from "./label-groups.ts";

/** Ridges that leave-one-out chooses from. */
const RIDGES = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5] as const;
/** Rows that the ridge is chosen on. */
const RIDGE_ROWS = 400;

const options = z.strictObject({
  mostPatches: z
    .number()
    .int()
    .min(100)
    .max(6000)
    .default(2500)
    .describe("Above this many labelled patches, a random subset of this size trains the kernel head."),
});

const configSchema = z.object({
  /** Squared length of the kernel. */
  scale: z.number().positive(),
  dimensions: z.number().int().positive(),
  classes: z.number().int().positive(),
  slope: z.number(),
  thresholds: z.array(z.number()),
  ridges: z.array(z.number()),
});

/**
 * Kernel ridge regression on the embedding (equally the mean of a Gaussian process), in closed form. Ridge,
 * decision thresholds and calibration come from exact leave-one-out predictions of the labelled patches, so
 * that 0.5 is the best threshold and nothing has to be set by hand. Masked labels: each class is fitted to
 * the patches on which it is reviewed.
 */
export const kernel = {
  id: "kernel",
  name: "Kernel ridge (instant)",
  description:
    "Closed-form regression with a kernel on the embedding; trained in moments and hard to beat with few labels. Thresholds are chosen by leave-one-out.",
  reference: "Rasmussen and Williams 2006, §2.2 and §5.4.2",
  options,
  async train(data, { mostPatches }, context) {
    const limited = limit(data, mostPatches, context);
    const { tf } = context;
    const { vectors, labels, classes } = limited;
    const scale = medianSquaredDistance(tf, vectors);
    const matrix = ridgeKernel(tf, vectors, vectors, scale);
    const n = vectors.count;
    const coefficients = new Float32Array(n * classes);
    const priors = new Float32Array(classes);
    const heldOut = new Float64Array(n * classes);
    const ridges: number[] = [];
    let squares = 0;
    let reviewed = 0;
    for (const group of groupByReviewedRows(labels, classes)) {
      const fitted = await fitGroup(matrix, n, labels, classes, group, context);
      ridges.push(fitted.ridge);
      group.classes.forEach((c, column) => {
        priors[c] = fitted.priors[column]!;
        group.rows.forEach((row, i) => {
          const at = i * group.classes.length + column;
          coefficients[row * classes + c] = fitted.coefficients[at]!;
          const score = fitted.leaveOneOut[at]! + priors[c]!;
          heldOut[row * classes + c] = score;
          squares += (score - labels[row * classes + c]!) ** 2;
          reviewed++;
        });
      });
    }
    const calibration = calibrate({ scores: heldOut, labels, classes }, context.kind);
    const config: z.input<typeof configSchema> = {
      scale,
      dimensions: vectors.dimensions,
      classes,
      slope: calibration.slope,
      thresholds: [...calibration.thresholds],
      ridges,
    };
    return {
      state: { config, arrays: { coefficients, priors, anchors: vectors.values } },
      loss: reviewed > 0 ? squares / reviewed : 0,
      epochs: 1,
    };
  },
  open: openKernel,
} as const satisfies Head<typeof options>;

function limit(data: TrainingData, most: number, { random }: HeadContext): TrainingData {
  if (data.vectors.count <= most) return data;
  const rows = Uint32Array.from(
    random.fork("subset").sample(
      Uint32Array.from({ length: data.vectors.count }, (_, row) => row),
      most,
    ),
  ).sort();
  const labels = new Int8Array(most * data.classes);
  rows.forEach((row, i) => {
    labels.set(data.labels.subarray(row * data.classes, (row + 1) * data.classes), i * data.classes);
  });
  return { vectors: takeRows(data.vectors, rows), labels, classes: data.classes };
}

/**
 * The mean of a Gaussian and a Laplacian kernel: on pooled texture features each is best at some number of
 * labels, and their mean is never far from the better one.
 */
function ridgeKernel(tf: EngineMath, left: Vectors, right: Vectors, scale: number): Float32Array {
  const gaussian = kernelMatrix(tf, left, right, "gaussian", 2 * scale);
  const laplacian = kernelMatrix(tf, left, right, "laplacian", 4 * scale);
  return gaussian.map((value, i) => (value + laplacian[i]!) / 2);
}

interface GroupFit {
  readonly ridge: number;
  readonly priors: Float64Array;
  readonly coefficients: Float64Array;
  readonly leaveOneOut: Float64Array;
}

async function fitGroup(
  matrix: Float32Array,
  n: number,
  labels: Int8Array,
  classes: number,
  group: LabelGroup,
  context: HeadContext,
): Promise<GroupFit> {
  const columns = group.classes.length;
  const rows = group.rows;
  const priors = Float64Array.from(group.classes, (c) => {
    const present = rows.reduce((sum, row) => sum + labels[row * classes + c]!, 0);
    return present / rows.length;
  });
  const targets = new Float64Array(rows.length * columns);
  rows.forEach((row, i) => {
    group.classes.forEach((c, column) => {
      targets[i * columns + column] = labels[row * classes + c]! - priors[column]!;
    });
  });
  const positions = Uint32Array.from({ length: rows.length }, (_, i) => i);
  const few =
    rows.length <= RIDGE_ROWS
      ? positions
      : Uint32Array.from(context.random.fork("ridge").sample(positions, RIDGE_ROWS)).sort();
  const ridge = await chooseRidge(
    submatrix(
      matrix,
      n,
      few.map((i) => rows[i]!),
    ),
    targetRows(targets, few, columns),
    few.length,
    columns,
    context.work,
  );
  await breathe(context.work);
  const fitted = fitKernelRidge(submatrix(matrix, n, rows), targets, rows.length, columns, ridge);
  return { ridge, priors, ...fitted };
}

function submatrix(matrix: Float32Array, n: number, rows: Uint32Array): Float32Array {
  if (rows.length === n) return matrix;
  const output = new Float32Array(rows.length * rows.length);
  rows.forEach((row, i) => {
    rows.forEach((column, j) => {
      output[i * rows.length + j] = matrix[row * n + column]!;
    });
  });
  return output;
}

function targetRows(targets: Float64Array, rows: Uint32Array, columns: number): Float64Array {
  const output = new Float64Array(rows.length * columns);
  rows.forEach((row, i) => {
    output.set(targets.subarray(row * columns, (row + 1) * columns), i * columns);
  });
  return output;
}

/** The ridge with the least squared leave-one-out error. */
async function chooseRidge(
  matrix: Float32Array,
  targets: Float64Array,
  n: number,
  columns: number,
  work: Work,
): Promise<number> {
  let best: number = RIDGES[0];
  let bestError = Number.POSITIVE_INFINITY;
  for (const ridge of RIDGES) {
    await breathe(work);
    const { leaveOneOut } = fitKernelRidge(matrix, targets, n, columns, ridge);
    const error = leaveOneOut.reduce((sum, value, i) => sum + (value - targets[i]!) ** 2, 0);
    if (error < bestError) {
      best = ridge;
      bestError = error;
    }
  }
  return best;
}

function openKernel(state: HeadState, kind: ProjectKind, tf: EngineMath): OpenHead {
  const config = configSchema.parse(state.config);
  const { coefficients, priors, anchors: values } = state.arrays;
  if (!coefficients || !priors || !values) {
    throw new FieldmarkError("no-model", "The kernel head's weights are incomplete. Train again.");
  }
  const { classes, dimensions, scale } = config;
  const anchors: Vectors = { values, count: values.length / dimensions, dimensions };
  const calibration: Calibration = { slope: config.slope, thresholds: config.thresholds };
  const probabilities = (vectors: Vectors) => {
    const scores = new Float32Array(vectors.count * classes);
    const step = rowsPerBlock(4 * anchors.count);
    for (let start = 0; start < vectors.count; start += step) {
      const block = rowRange(vectors, start, Math.min(vectors.count, start + step));
      scores.set(weightedKernel(tf, block, anchors, scale, coefficients, priors), start * classes);
    }
    return applyCalibration(calibration, scores, kind);
  };
  return {
    probabilities,
    // The kernel's own features have no finite form; the embedding stands for them.
    features: (vectors) => vectors,
    lastLayer: (vectors) => ({ probabilities: probabilities(vectors), features: vectors, bias: false }),
  };
}

/** K·coefficients + priors with the same kernel as `ridgeKernel`, without K leaving the device. */
function weightedKernel(
  tf: EngineMath,
  rows: Vectors,
  anchors: Vectors,
  scale: number,
  coefficients: Float32Array,
  priors: Float32Array,
): Float32Array {
  return computeValues(tf, () => {
    const squared = squaredDistanceTensor(tf, rows, anchors);
    const gaussian = KERNELS.gaussian(tf, squared, 2 * scale);
    const weights = tf.mul<Tensor2D>(tf.add(gaussian, KERNELS.laplacian(tf, squared, 4 * scale)), 0.5);
    return tf.add(
      tf.matMul(weights, tf.tensor2d(coefficients, [anchors.count, priors.length])),
      tf.tensor1d(priors),
    );
  });
}

import { takeRows, type Vectors } from "../../embeddings/vectors.ts";
import { labelRows } from "../../label-rows.ts";
import { silent } from "../../work.ts";
import { type Calibration, calibrate } from "../calibration.ts";
import { type HeadContext, NO_NEEDS, type TrainingData } from "../head.ts";
import { hurriedOptions } from "./hurried.ts";
import type { MlpOptions } from "./index.ts";
import type { Shape } from "./network.ts";
import { openMlp } from "./open.ts";
import { fitNetwork, freshWeights } from "./training.ts";

const FOLDS = 4;
/** Labelled patches below which held-out predictions say nothing. */
const FEWEST = 12;

/**
 * Thresholds and slope from predictions of patches by networks that have not seen them: four networks, each
 * trained quickly on three quarters of the labelled patches. Null in single-label projects, where the most
 * probable class decides, and with very few labels.
 * @param projected the data's vectors as the network sees them
 */
export async function crossCalibrate(
  projected: Vectors,
  data: TrainingData,
  shape: Shape,
  options: MlpOptions,
  context: HeadContext,
): Promise<Calibration | null> {
  const { tf, kind, random, work } = context;
  const { classes, labels } = data;
  const { count } = projected;
  if (kind === "single-label" || count < FEWEST) return null;
  const own = random.fork("calibration");
  const order = own.shuffle(Uint32Array.from({ length: count }, (_, row) => row));
  const scores = new Float64Array(count * classes);
  for (let fold = 0; fold < FOLDS; fold++) {
    const [seen, heldOut] = [
      order.filter((_, i) => i % FOLDS !== fold),
      order.filter((_, i) => i % FOLDS === fold),
    ];
    const part = { vectors: takeRows(projected, seen), labels: labelRows(labels, classes, seen), classes };
    const source = own.fork(fold);
    const start = { classifier: freshWeights(tf, shape, part, source), lossModule: null };
    const { arrays } = await fitNetwork(
      part.vectors,
      part,
      start,
      shape,
      { ...options, ...hurriedOptions(seen.length), earlyStopping: false },
      { ...context, random: source, warmStart: null, needs: NO_NEEDS, work: silent(work) },
    );
    const head = openMlp({ config: { dimensions: shape.inputs, ...shape }, arrays }, kind, tf);
    const predicted = head.probabilities(takeRows(projected, heldOut));
    heldOut.forEach((row, i) => {
      scores.set(predicted.subarray(i * classes, (i + 1) * classes), row * classes);
    });
  }
  return calibrate({ scores, labels, classes }, kind);
}

/** Epochs of a training in a hurry, and its rate. */
const EPOCHS = 60;
const LEARNING_RATE = 3e-3;
const SMALLEST_BATCH = 64;
const LARGEST_BATCH = 1024;
/** Steps an epoch at most, so that training time grows slower than the labels. */
const STEPS = 8;

/** Options for a network that need not be as good as it can be: one of several, or one to calibrate with. */
export function hurriedOptions(labeled: number) {
  const batchSize = Math.min(LARGEST_BATCH, Math.max(SMALLEST_BATCH, Math.ceil(labeled / STEPS)));
  return { epochs: EPOCHS, learningRate: LEARNING_RATE, batchSize };
}

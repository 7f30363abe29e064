/** A loss of a batch with its gradient. */
export interface BatchLoss {
  /** The loss that `gradient` belongs to: a mean over the reviewed entries (or rows) of the batch. */
  readonly loss: number;
  /** Each row's own mean loss; NaN where nothing of the row is reviewed. */
  readonly rowLosses: Float64Array;
  /** With respect to the logits, rows × classes. */
  readonly gradient: Float32Array;
}

import type { Random } from "../../shared/random.ts";

/** Patches of the measured set that train, and those that are measured on. */
export interface Fold {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** Each patch is measured on in exactly one of the `count` folds, and may train in the others. */
export function makeFolds(ids: Int32Array, count: number, random: Random): Fold[] {
  const order = random.shuffle(Int32Array.from(ids));
  return Array.from({ length: count }, (_, fold) => ({
    train: order.filter((_id, at) => at % count !== fold),
    test: order.filter((_id, at) => at % count === fold),
  }));
}

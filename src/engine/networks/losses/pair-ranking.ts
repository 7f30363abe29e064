import type { Random } from "../../../shared/random.ts";

export interface PairRankingLoss {
  /** Mean over the pairs; 0 where there is none. */
  readonly loss: number;
  readonly pairs: number;
  /** Of the mean, with respect to the predicted ranks. */
  readonly gradient: Float32Array;
}

/**
 * How badly predicted ranks order true losses, over random disjoint pairs of a mini-batch:
 * max(0, −sign(l_i − l_j)·(ŝ_i − ŝ_j) + ξ), Yoo and Kweon 2019, eq. 2. The true losses are constants. Rows
 * without a true loss are left out, and one more where an odd number is left.
 * @param ranks ŝ, one a row
 * @param losses l, one a row; NaN where a row has none
 * @param margin ξ, above 0
 * @param random which pairs are formed
 */
export function pairRankingLoss(
  ranks: Float32Array,
  losses: Float64Array,
  margin: number,
  random: Random,
): PairRankingLoss {
  const gradient = new Float32Array(ranks.length);
  const order = random.shuffle(Array.from(losses.keys()).filter((row) => !Number.isNaN(losses[row])));
  const pairs = Math.floor(order.length / 2);
  let total = 0;
  for (let pair = 0; pair < pairs; pair++) {
    const i = order[2 * pair]!;
    const j = order[2 * pair + 1]!;
    const sign = Math.sign(losses[i]! - losses[j]!);
    const loss = Math.max(0, -sign * (ranks[i]! - ranks[j]!) + margin);
    total += loss;
    if (loss === 0) continue;
    gradient[i] = -sign / pairs;
    gradient[j] = sign / pairs;
  }
  return { loss: pairs > 0 ? total / pairs : 0, pairs, gradient };
}

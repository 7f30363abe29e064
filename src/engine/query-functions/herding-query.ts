import { herd } from "../diversity/herding.ts";
import { stack } from "../embeddings/vectors.ts";
import { medianSquaredDistance } from "../neighbours/kernel.ts";
import { closeness } from "../uncertainty/margin.ts";
import type { Choice, QueryContext } from "./query-function.ts";
import { workingSet } from "./working-set.ts";

/** Bounds the kernel of candidates × reference to about 160 MB. */
const MOST_CANDIDATES = 10_000;
const MOST_REFERENCE = 4000;
const MOST_LABELED = 4000;
/** The kernel's squared length as a share of the median squared distance. */
const SCALE_SHARE = 0.25;

/**
 * Herding over pool and labelled patches. With a model, what the model is unsure of counts more.
 * @param weighted false: every patch counts the same (MaxHerding)
 */
export async function herdingQuery(context: QueryContext, weighted: boolean): Promise<Choice[]> {
  const { tf, kind, candidates, labeled, head, budget, random, work } = context;
  const pool = await workingSet(candidates, MOST_CANDIDATES, random.fork("pool"), budget);
  const known = await workingSet(labeled, MOST_LABELED, random.fork("labeled"));
  const poolPart =
    pool.vectors.count <= MOST_REFERENCE
      ? pool
      : await workingSet(candidates, MOST_REFERENCE, random.fork("reference"));
  const reference = stack(poolPart.vectors, known.vectors);
  const model = weighted ? head : null;
  const probabilities = model?.probabilities(reference);
  const weights = probabilities
    ? closeness(probabilities, probabilities.length / reference.count, kind)
    : new Float32Array(reference.count).fill(1);
  const choices = await herd({
    tf,
    candidates: pool.vectors,
    reference,
    weights,
    covering: known.vectors,
    budget,
    scale: SCALE_SHARE * medianSquaredDistance(tf, reference),
    work,
  });
  const what = model ? "uncertain patches" : "patches not yet covered";
  return choices.map(({ row, gain }) => ({
    position: pool.positions[row]!,
    score: gain,
    reason: `Stands for many ${what} like it (covers ${(100 * gain).toPrecision(2)} % more).`,
  }));
}

import type { QueryExplanation } from "../../shared/domain/learning.ts";
import type { StoredPatchVectors } from "../embeddings/patch-vectors.ts";
import { rowOf, type Vectors } from "../embeddings/vectors.ts";
import { squaredNorms } from "../neighbours/distances.ts";
import type { Choice, QueryContext, QueryFunction } from "./query-function.ts";
import { workingSet } from "./working-set.ts";

/** Of each list, this many entries. */
const LISTED = 3;
/** Labelled patches that are looked through for the nearest ones; of more, a random part. */
const MOST_LABELED = 5000;

export interface ExplainedContext extends QueryContext {
  readonly labeled: StoredPatchVectors;
  /** Columns of the head's probabilities, in order. */
  readonly classIds: readonly number[];
}

/** The facts behind each choice: what the model makes of it, where it was found, what it is near. */
export async function explain(
  choices: readonly Choice[],
  context: ExplainedContext,
  { space }: Pick<QueryFunction, "space">,
): Promise<QueryExplanation[]> {
  const { candidates, labeled, head, previous, random } = context;
  if (choices.length === 0) return [];
  const vectors = await candidates.read(choices.map(({ position }) => position));
  const known = await workingSet(labeled, MOST_LABELED, random.fork("explain"));
  const seen = (some: Vectors) => (space === "features" && head ? head.features(some) : some);
  const [own, theirs] =
    known.vectors.count > 0 ? [seen(vectors), seen(known.vectors)] : [vectors, known.vectors];
  const [ownNorms, theirNorms] = [squaredNorms(own), squaredNorms(theirs)];
  const now = head?.probabilities(vectors) ?? null;
  const before = now ? (previous?.probabilities(vectors) ?? null) : null;
  return choices.map(({ score, rank, cluster }, row) => ({
    score,
    rank: rank ?? null,
    torn: now ? tornClasses(now, row, context.classIds) : [],
    cluster: cluster ?? null,
    nearest: nearestRows(own, row, theirs, ownNorms, theirNorms).map(({ row: other, similarity }) => ({
      patchId: labeled.ids[known.positions[other]!]!,
      similarity,
    })),
    change: now && before ? changeOf(now, before, row, context.classIds) : null,
  }));
}

function tornClasses(probabilities: Float32Array, row: number, classIds: readonly number[]) {
  return classIds
    .map((classId, c) => ({ classId, probability: probabilities[row * classIds.length + c]! }))
    .sort((a, b) => Math.abs(a.probability - 0.5) - Math.abs(b.probability - 0.5))
    .slice(0, LISTED);
}

/** NaN = a class that the earlier model did not know. */
function changeOf(now: Float32Array, before: Float32Array, row: number, classIds: readonly number[]) {
  const changes = classIds
    .map((classId, c) => {
      const at = row * classIds.length + c;
      return { classId, before: before[at]!, after: now[at]! };
    })
    .filter((change) => !Number.isNaN(change.before));
  return {
    distance: Math.hypot(...changes.map((change) => change.after - change.before)),
    classes: changes
      .sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before))
      .slice(0, LISTED),
  };
}

/** The rows of `others` with the largest cosine to a row; 0 for vectors of no length. */
function nearestRows(
  vectors: Vectors,
  row: number,
  others: Vectors,
  norms: Float32Array,
  otherNorms: Float32Array,
): { row: number; similarity: number }[] {
  const own = rowOf(vectors, row);
  const similarities = Float32Array.from({ length: others.count }, (_, other) => {
    const theirs = rowOf(others, other);
    let inner = 0;
    for (let d = 0; d < own.length; d++) inner += own[d]! * theirs[d]!;
    const lengths = Math.sqrt(norms[row]! * otherNorms[other]!);
    return lengths > 0 ? Math.min(1, Math.max(-1, inner / lengths)) : 0;
  });
  return Array.from(similarities.keys())
    .sort((a, b) => similarities[b]! - similarities[a]! || a - b)
    .slice(0, LISTED)
    .map((other) => ({ row: other, similarity: similarities[other]! }));
}

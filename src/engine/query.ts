import type { OptionValues, ProjectKind } from "../shared/domain/learning.ts";
import { createRandom } from "../shared/random.ts";
import type { EngineMath } from "./backends/index.ts";
import { openEmbeddings } from "./embeddings/embedding-set.ts";
import { fitSpace } from "./embeddings/embedding-space.ts";
import { storedVectors } from "./embeddings/patch-vectors.ts";
import { openModel } from "./open-model.ts";
import { QUERY_FUNCTIONS } from "./query-functions/index.ts";
import { requireHead } from "./query-functions/uncertainty-sampling.ts";
import { findEntry, parseOptions } from "./registry.ts";
import { secondsSince, type Work } from "./work.ts";

export interface QueryRequest {
  readonly embeddings: string;
  readonly model: string | null;
  readonly kind: ProjectKind;
  readonly function: string;
  readonly options: OptionValues;
  readonly budget: number;
  readonly candidates: Int32Array;
  readonly labeled: Int32Array;
  readonly seed: number;
}

export interface QueryResult {
  readonly ids: Int32Array;
  readonly scores: Float32Array;
  readonly reasons: string[];
  readonly seconds: number;
}

/**
 * Picks min(budget, candidates) patches. Candidates without an embedding can't be judged and come last, at
 * random, with score 0.
 * @throws FieldmarkError `no-model` where the function needs one and there is none; `no-embeddings`
 */
export async function query(request: QueryRequest, tf: EngineMath, work: Work): Promise<QueryResult> {
  const start = performance.now();
  const { kind, budget, seed } = request;
  const queryFunction = findEntry("query function", QUERY_FUNCTIONS, request.function);
  const options = parseOptions(queryFunction, request.options);
  const random = createRandom(seed).fork("query");
  const set = await openEmbeddings(request.embeddings);
  try {
    const model = request.model === null ? null : await openModel(request.model, set, tf);
    if (queryFunction.needsModel) requireHead({ head: model?.head ?? null });
    const space = model?.space ?? (await fitSpace(set));
    const labeledIds = new Set(request.labeled);
    const wanted = Int32Array.from(new Set(request.candidates)).filter((id) => !labeledIds.has(id));
    const candidates = storedVectors(set, space, wanted);
    const labeled = storedVectors(set, space, request.labeled);
    const choices =
      candidates.count === 0
        ? []
        : await queryFunction.select(
            { tf, kind, random, work, candidates, labeled, head: model?.head ?? null, budget },
            options,
          );
    const ids = choices.map(({ position }) => candidates.ids[position]!);
    const unseen = random.fork("without embedding").sample(candidates.missing, budget - ids.length);
    return {
      ids: Int32Array.from([...ids, ...unseen]),
      scores: Float32Array.from([...choices.map(({ score }) => score), ...unseen.map(() => 0)]),
      reasons: [
        ...choices.map(({ reason }) => reason),
        ...unseen.map(() => "Has no embedding yet, so it is drawn at random."),
      ],
      seconds: secondsSince(start),
    };
  } finally {
    await set.close();
  }
}

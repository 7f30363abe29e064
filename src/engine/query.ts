import type { OptionValues, ProjectKind, QueryExplanation } from "../shared/domain/learning.ts";
import { FieldmarkError } from "../shared/errors.ts";
import { createRandom } from "../shared/random.ts";
import type { EngineMath } from "./backends/index.ts";
import { asEarlier } from "./earlier-model.ts";
import { type EmbeddingSet, openEmbeddings } from "./embeddings/embedding-set.ts";
import { fitSpace } from "./embeddings/embedding-space.ts";
import { storedVectors } from "./embeddings/patch-vectors.ts";
import type { EarlierHead } from "./heads/head.ts";
import { type OpenModel, openModel } from "./open-model.ts";
import { explain } from "./query-functions/explain.ts";
import { QUERY_FUNCTIONS } from "./query-functions/index.ts";
import { requireHead } from "./query-functions/query-function.ts";
import { findEntry, parseOptions } from "./registry.ts";
import { besideEarlierNetwork, type ComparedPatches, seesOwnFeatures } from "./training/earlier-network.ts";
import { secondsSince, type Work } from "./work.ts";

export interface QueryRequest {
  readonly embeddings: string;
  readonly model: string | null;
  /** The model of the round before. */
  readonly previousModel: string | null;
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
  readonly explanations: (QueryExplanation | null)[];
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
    if (queryFunction.needs.model) requireHead({ head: model?.head ?? null });
    const space = model?.space ?? (await fitSpace(set));
    const labeledIds = new Set(request.labeled);
    const wanted = Int32Array.from(new Set(request.candidates)).filter((id) => !labeledIds.has(id));
    const { candidates, labeled, previous } = await compare(
      request,
      model,
      { candidates: storedVectors(set, space, wanted), labeled: storedVectors(set, space, request.labeled) },
      set,
      tf,
      work,
    );
    const head = model?.head ?? null;
    const classIds = model?.classIds ?? [];
    const context = {
      tf,
      kind,
      random,
      work,
      candidates,
      labeled,
      head,
      previous,
      budget,
      classIds,
    };
    const choices = candidates.count === 0 ? [] : await queryFunction.select(context, options);
    const ids = choices.map(({ position }) => candidates.ids[position]!);
    const unseen = random.fork("without embedding").sample(candidates.missing, budget - ids.length);
    const explanations = await explain(choices, context, queryFunction);
    return {
      ids: Int32Array.from([...ids, ...unseen]),
      scores: Float32Array.from([...choices.map(({ score }) => score), ...unseen.map(() => 0)]),
      reasons: [
        ...choices.map(({ reason }) => reason),
        ...unseen.map(() => "Has no embedding yet, so it is drawn at random."),
      ],
      explanations: [...explanations, ...unseen.map(() => null)],
      seconds: secondsSince(start),
    };
  } finally {
    await set.close();
  }
}

/** The patches with the model of the round before; null where there is none, or none that can be compared. */
async function compare(
  { model: folder, previousModel, embeddings }: QueryRequest,
  newest: OpenModel | null,
  patches: Pick<ComparedPatches, "candidates" | "labeled">,
  set: EmbeddingSet,
  tf: EngineMath,
  work: Work,
): Promise<Omit<ComparedPatches, "previous"> & { readonly previous: EarlierHead | null }> {
  const alone = { ...patches, previous: null };
  if (newest === null || folder === null || previousModel === null) return alone;
  try {
    if (seesOwnFeatures(folder, embeddings))
      return (await besideEarlierNetwork(previousModel, newest, patches, tf, work)) ?? alone;
    return { ...patches, previous: asEarlier(await openModel(previousModel, set, tf), newest) };
  } catch (error) {
    // A deleted or foreign earlier model is no reason not to query: the first round has none either.
    const isGone = error instanceof FieldmarkError && ["no-model", "no-embeddings"].includes(error.code);
    if (isGone) return alone;
    throw error;
  }
}

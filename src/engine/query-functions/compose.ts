import { z } from "zod";
import type { Diversity } from "../diversity/diversity.ts";
import type { PatchVectors } from "../embeddings/patch-vectors.ts";
import { mostUseful, scoreAll, type Uncertainty } from "../uncertainty/uncertainty.ts";
import { type Choice, type QueryContext, type QueryFunction, requireHead } from "./query-function.ts";

/** Option of functions that keep the m = β·b most uncertain patches before they choose diverse ones. */
const betaOption = {
  beta: z
    .number()
    .min(1)
    .max(50)
    .default(3)
    .describe(
      "Keeps this many times the budget of the most uncertain patches, then chooses diverse ones (β). 1 leaves no choice.",
    ),
};

/**
 * An uncertainty criterion as a query function of its own, or followed by a diversity criterion: the m = β·b
 * patches with the largest utility are kept, and b different ones of them chosen. Deep active learning for
 * multi-label classification of remote sensing images, §II.
 */
export function compose(uncertainty: Uncertainty, diversity: Diversity | null): QueryFunction {
  const { needs, picks } = uncertainty;
  if (!diversity) {
    const options = z.strictObject(uncertainty.options);
    return {
      id: uncertainty.id,
      name: uncertainty.name,
      description: `The patches ${picks}. Tends to pick look-alikes.`,
      reference: uncertainty.reference,
      options,
      needs,
      space: "embedding",
      select: (whole, values) =>
        amongSome(whole, uncertainty, async (context) => {
          const utilities = await judge(uncertainty, context, options.parse(values));
          if (!utilities) return atRandom(context);
          return Array.from(mostUseful(utilities).subarray(0, context.budget), (position, index) => {
            const rank = { at: index + 1, of: utilities.length };
            const score = utilities[position]!;
            const reason = `${sentence(uncertainty, score)}, rank ${rank.at} of ${rank.of}.`;
            return { position, score, rank, reason };
          });
        }),
    };
  }
  const options = z.strictObject({ ...uncertainty.options, ...betaOption });
  return {
    id: `${uncertainty.id}+${diversity.id}`,
    name: `${uncertainty.name} and ${diversity.name}`,
    description: `The patches ${picks}, ${diversity.picks}.`,
    reference: `${uncertainty.reference}; ${diversity.reference}`,
    options,
    needs,
    space: "features",
    select: (whole, values) =>
      amongSome(whole, uncertainty, async (context) => {
        const parsed = options.parse(values);
        const utilities = await judge(uncertainty, context, parsed);
        if (!utilities) return atRandom(context);
        return chooseDiverse(context, uncertainty, diversity, utilities, parsed.beta);
      }),
  };
}

/** Selects among a random part of the candidates where there are more than the criterion judges. */
async function amongSome(
  context: QueryContext,
  { mostCandidates = Number.POSITIVE_INFINITY }: Uncertainty,
  select: (context: QueryContext) => Promise<Choice[]>,
): Promise<Choice[]> {
  const { candidates, budget, random } = context;
  const most = Math.max(budget, mostCandidates);
  if (candidates.count <= most) return select(context);
  const all = Uint32Array.from({ length: candidates.count }, (_, position) => position);
  const positions = Uint32Array.from(random.fork("part").sample(all, most)).sort();
  const part: PatchVectors = {
    count: positions.length,
    dimensions: candidates.dimensions,
    read: (wanted) => candidates.read(Uint32Array.from(wanted, (position) => positions[position]!)),
  };
  const choices = await select({ ...context, candidates: part });
  return choices.map((choice) => ({ ...choice, position: positions[choice.position]! }));
}

/** Utilities of all candidates; null where the criterion compares with an earlier model and there is none. */
async function judge(
  uncertainty: Uncertainty,
  context: QueryContext,
  options: z.output<z.ZodObject<z.ZodRawShape>>,
): Promise<Float32Array | null> {
  const { candidates, previous, kind, random, work } = context;
  const head = requireHead(context);
  if (uncertainty.needs.previousModel && !previous) return null;
  const judges = { head, previous, kind, random: random.fork("uncertainty") };
  return scoreAll(candidates, judges, (judged) => uncertainty.utilities(judged, options), work);
}

function atRandom({ candidates, budget, random }: QueryContext): Choice[] {
  const all = Uint32Array.from({ length: candidates.count }, (_, position) => position);
  return random.sample(all, budget).map((position) => ({
    position,
    score: 0,
    reason: "Drawn at random: there is no earlier model to compare with yet.",
  }));
}

async function chooseDiverse(
  context: QueryContext,
  uncertainty: Uncertainty,
  diversity: Diversity,
  utilities: Float32Array,
  beta: number,
): Promise<Choice[]> {
  const { tf, candidates, budget, random, work } = context;
  const kept = mostUseful(utilities).subarray(0, Math.max(budget, Math.ceil(beta * budget)));
  const vectors = requireHead(context).features(await candidates.read(kept));
  const rows = await diversity.choose({
    tf,
    vectors,
    utilities: Float32Array.from(kept, (position) => utilities[position]!),
    budget,
    random: random.fork("diversity"),
    work,
  });
  return rows.map(({ row, why, cluster }) => {
    const position = kept[row]!;
    const score = utilities[position]!;
    return {
      position,
      score,
      rank: { at: row + 1, of: utilities.length },
      reason: `${sentence(uncertainty, score)}, ${why}.`,
      ...(cluster ? { cluster } : {}),
    };
  });
}

function sentence({ label }: Uncertainty, utility: number): string {
  return `${label[0]?.toUpperCase()}${label.slice(1)} ${utility.toPrecision(3)}`;
}

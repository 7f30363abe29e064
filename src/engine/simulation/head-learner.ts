import { FieldmarkError } from "../../shared/errors.ts";
import type { EngineMath } from "../backends/index.ts";
import { openEmbeddings } from "../embeddings/embedding-set.ts";
import { fitSpace } from "../embeddings/embedding-space.ts";
import { storedVectors } from "../embeddings/patch-vectors.ts";
import { takeRows } from "../embeddings/vectors.ts";
import { checkNeeds } from "../heads/capabilities.ts";
import { HEADS } from "../heads/index.ts";
import { labelRows } from "../label-rows.ts";
import { findEntry, parseOptions } from "../registry.ts";
import { secondsSince } from "../work.ts";
import type { Learner } from "./learner.ts";
import { headParameters } from "./parameters.ts";
import type { SimulateRequest } from "./simulate-request.ts";

/** Values that a simulation keeps in memory (about 4 GB). */
const MOST_VALUES = 1_000_000_000;

/** Trains a head on embeddings, which are kept in memory. @throws FieldmarkError `no-embeddings` */
export async function openHeadLearner(request: SimulateRequest, tf: EngineMath): Promise<Learner> {
  const { labels, config, kind, classIds } = request;
  const head = findEntry("head", HEADS, config.headId);
  const options = parseOptions(head, config.head);
  const set = await openEmbeddings(request.embeddings);
  try {
    const positions = Uint32Array.from(labels.ids.keys()).filter(
      (i) => set.rowOf(labels.ids[i]!) !== undefined,
    );
    if (positions.length === 0) {
      throw new FieldmarkError(
        "no-embeddings",
        'None of the labelled patches has an embedding. Run "encode" first.',
      );
    }
    if (positions.length * set.dimensions > MOST_VALUES) {
      throw new FieldmarkError(
        "invalid-input",
        `${positions.length} patches with ${set.dimensions} dimensions are too many to simulate in memory. Use fewer filters, or a smaller pool.`,
      );
    }
    const ids = Int32Array.from(positions, (position) => labels.ids[position]!);
    const stored = storedVectors(set, await fitSpace(set), ids);
    const vectors = await stored.read(Uint32Array.from(ids.keys()));
    return {
      positions,
      async train(labeled, rows, needs, earlier, random, work) {
        const start = performance.now();
        const trained = await head.train(
          {
            vectors: takeRows(vectors, labeled),
            labels: labelRows(rows, classIds.length, labeled),
            classes: classIds.length,
          },
          options,
          {
            tf,
            kind,
            random,
            work,
            warmStart: config.warmStart ? (earlier?.state ?? null) : null,
            needs,
          },
        );
        const open = head.open(trained.state, kind, tf);
        checkNeeds(open, needs);
        return {
          head: open,
          state: trained.state,
          vectors,
          previous: earlier?.head ?? null,
          parameters: headParameters(trained.state),
          seconds: secondsSince(start),
          secondsPerPatch: 0,
        };
      },
      close: async () => {},
    };
  } finally {
    await set.close();
  }
}

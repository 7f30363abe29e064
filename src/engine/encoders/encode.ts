import { mkdir } from "node:fs/promises";
import { createPatchReader, type PatchPixels, type PatchReader } from "../../archive/patch-reader.ts";
import type { PatchTable } from "../../shared/domain/imagery.ts";
import type { OptionValues } from "../../shared/domain/learning.ts";
import { Cancelled, FieldmarkError, toErrorShape } from "../../shared/errors.ts";
import { createRandom } from "../../shared/random.ts";
import type { EngineMath } from "../backends/index.ts";
import { type Manifest, readManifest, writeManifest } from "../embeddings/manifest.ts";
import type { NamedArrays } from "../embeddings/named-arrays.ts";
import { openVectorWriter, type VectorWriter } from "../embeddings/vector-files.ts";
import { findEntry, parseOptions } from "../registry.ts";
import { breathe, secondsSince, type Work } from "../work.ts";
import type { Encoder, OpenEncoder } from "./encoder.ts";
import { ENCODERS } from "./index.ts";
import { commonBands, medianSide, readPatch } from "./patches.ts";

/** Sample values that an encoder is fitted to; bounds the fit's memory to a few times 160 MB. */
const FIT_VALUES = 40_000_000;
const FIT_PATCHES = 400;
/** Failures beyond this are counted, not listed. */
const LISTED_FAILURES = 1000;
const FIT_MESSAGE = "Looking at a sample of the archive";

export interface EncodeRequest {
  readonly patches: PatchTable;
  readonly encoder: string;
  readonly options: OptionValues;
  readonly seed: number;
  readonly folder: string;
  /** Patches whose pixels are others than when they were last encoded: what is there of them is replaced. */
  readonly outdated?: Int32Array | undefined;
}

export interface EncodeResult {
  readonly dimensions: number;
  /** Patches of the request that have an embedding now. */
  readonly count: number;
  readonly computed: number;
  readonly seconds: number;
  readonly failures: { id: number; message: string }[];
}

/**
 * Computes what is missing of the patches' embeddings. The first call fits the encoder to the archive and
 * freezes it; every later one, for whatever patches, uses the same filters. Whatever a killed process had
 * written is kept, and the next call goes on from there.
 * @throws FieldmarkError `invalid-input` where the folder belongs to another encoder, seed or options;
 *   `unreadable-file` where not one patch could be read
 */
export async function encode(request: EncodeRequest, tf: EngineMath, work: Work): Promise<EncodeResult> {
  const start = performance.now();
  const encoder = findEntry("encoder", ENCODERS, request.encoder);
  const options = parseOptions(encoder, request.options);
  await mkdir(request.folder, { recursive: true });
  const reader = createPatchReader(request.patches.root);
  try {
    const frozen =
      (await readManifest(request.folder)) ?? (await fitEncoder(encoder, options, request, reader, tf, work));
    checkSame(frozen.manifest, encoder, options, request);
    const state = { ...frozen.manifest, arrays: frozen.arrays };
    const open = encoder.open(state, tf);
    const writer = await openVectorWriter(request.folder, frozen.manifest.dimensions);
    try {
      const side = encoder.side(frozen.manifest.side);
      const result = await encodeMissing(request, reader, frozen.manifest, side, open, writer, work);
      return { dimensions: frozen.manifest.dimensions, ...result, seconds: secondsSince(start) };
    } finally {
      open.dispose();
      await writer.close();
    }
  } finally {
    await reader.close();
  }
}

async function fitEncoder(
  encoder: Encoder,
  options: unknown,
  request: EncodeRequest,
  reader: PatchReader,
  tf: EngineMath,
  work: Work,
): Promise<{ manifest: Manifest; arrays: NamedArrays }> {
  const { patches, seed, folder } = request;
  const bands = commonBands(patches);
  const median = medianSide(patches);
  const side = encoder.side(median);
  const random = createRandom(seed).fork("encoder");
  const wanted = Math.max(1, Math.min(FIT_PATCHES, Math.floor(FIT_VALUES / (side * side * bands.length))));
  const order = random.fork("sample").shuffle(Uint32Array.from(patches.ids.keys()));
  const sample: PatchPixels[] = [];
  let lastFailure: unknown;
  for (const index of order) {
    if (sample.length === wanted) break;
    work.progress({ done: sample.length, total: wanted, message: FIT_MESSAGE });
    await breathe(work);
    try {
      sample.push(await readPatch(reader, patches, index, bands, side));
    } catch (error) {
      if (error instanceof Cancelled) throw error;
      lastFailure = error;
    }
  }
  if (sample.length === 0) throw nothingReadable(patches, lastFailure);
  const state = await encoder.fit(sample, options, { tf, bands, side, random: random.fork("fit"), work });
  const { dimensions, groups, config, arrays } = state;
  await writeManifest(
    folder,
    {
      encoder: encoder.id,
      version: encoder.version,
      options: parseOptions(encoder, request.options) as OptionValues,
      seed,
      bands,
      side: median,
      dimensions,
      groups: [...groups],
      config,
    },
    arrays,
  );
  const written = await readManifest(folder);
  if (!written)
    throw new FieldmarkError("internal", `The encoder's files vanished from ${folder} while being written.`);
  return written;
}

function nothingReadable(patches: PatchTable, cause: unknown): FieldmarkError {
  const why = cause === undefined ? "there are none" : toErrorShape(cause).message;
  return new FieldmarkError(
    "unreadable-file",
    `None of the ${patches.ids.length} patches of ${patches.root} could be read: ${why}`,
    { details: { path: patches.root }, cause },
  );
}

function checkSame(manifest: Manifest, encoder: Encoder, options: unknown, request: EncodeRequest): void {
  const sameOptions =
    JSON.stringify(Object.entries(manifest.options).sort()) ===
    JSON.stringify(Object.entries(options as OptionValues).sort());
  const problem =
    manifest.encoder !== encoder.id
      ? `the encoder "${manifest.encoder}"`
      : manifest.version !== encoder.version
        ? `another version of "${encoder.id}"`
        : manifest.seed !== request.seed
          ? `the seed ${manifest.seed}`
          : sameOptions
            ? null
            : `other options of "${encoder.id}"`;
  if (problem === null) return;
  throw new FieldmarkError(
    "invalid-input",
    `The embeddings in ${request.folder} were made with ${problem}, which can't be mixed. Use another folder, or delete that one.`,
    { details: { path: request.folder } },
  );
}

/** Computes and appends the vectors that the writer does not have, in batches; the next one is read meanwhile. */
export async function encodeMissing(
  { patches, outdated = new Int32Array(0) }: Pick<EncodeRequest, "patches" | "outdated">,
  reader: PatchReader,
  manifest: Pick<Manifest, "bands">,
  side: number,
  encoder: OpenEncoder,
  writer: VectorWriter,
  work: Work,
  message = "Computing embeddings",
): Promise<Omit<EncodeResult, "dimensions" | "seconds">> {
  const total = patches.ids.length;
  const old = new Set(outdated);
  // A vector that is appended for an id that has one takes its place.
  const missing = Uint32Array.from(patches.ids.keys()).filter(
    (index) => !writer.known.has(patches.ids[index]!) || old.has(patches.ids[index]!),
  );
  const failures: { id: number; message: string }[] = [];
  let failed = 0;
  let computed = 0;

  /** Reads a batch; unreadable patches are noted and left out. */
  async function read(start: number): Promise<{ ids: number[]; images: PatchPixels[] }> {
    const indices = missing.subarray(start, start + encoder.batchSize);
    const images = await Promise.allSettled(
      Array.from(indices, (index) => readPatch(reader, patches, index, manifest.bands, side)),
    );
    const batch: { ids: number[]; images: PatchPixels[] } = { ids: [], images: [] };
    images.forEach((outcome, position) => {
      const id = patches.ids[indices[position]!]!;
      if (outcome.status === "fulfilled") {
        batch.ids.push(id);
        batch.images.push(outcome.value);
        return;
      }
      failed++;
      if (failures.length < LISTED_FAILURES)
        failures.push({ id, message: toErrorShape(outcome.reason).message });
    });
    return batch;
  }

  let next = read(0);
  for (let start = 0; start < missing.length; start += encoder.batchSize) {
    const batch = await next;
    // The next batch is decoded while this one is computed.
    next = start + encoder.batchSize < missing.length ? read(start + encoder.batchSize) : next;
    next.catch(() => {});
    await breathe(work);
    if (batch.ids.length > 0) {
      await writer.append(Int32Array.from(batch.ids), encoder.encode(batch.images));
      computed += batch.ids.length;
    }
    const done = total - missing.length + computed + failed;
    work.progress({ done, total, message });
  }
  return { count: total - missing.length + computed, computed, failures };
}

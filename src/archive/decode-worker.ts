import { parentPort } from "node:worker_threads";
import { assertNever, toErrorShape } from "../shared/errors.ts";
import { channelStatistics } from "./channel-statistics.ts";
import { lookAt, paintedLook, readChannels } from "./look.ts";
import { createPatchReader, type PatchReader } from "./patch-reader.ts";
import type { DecodeReply, DecodeRequest, DecodeTask, DecodeTasks, LookRequest } from "./picture-request.ts";
import { readPlanes } from "./read-planes.ts";
import { encodePng, renderPatch, shownSize } from "./render.ts";
import { STOP } from "./stop-worker.ts";

/** Pictures take few bands, and several workers share the machine. */
const CACHE_BYTES = 64 * 2 ** 20;
/** A patch's own figures are taken from at most this many pixels along its longer side. */
const LOOK_SIZE = 1024;

/** Runs in a worker thread of the decode pool: one request at a time, in order. */
const readers = new Map<string, PatchReader>();

function readerOf(root: string): PatchReader {
  const reader = readers.get(root) ?? createPatchReader(root, { cacheBytes: CACHE_BYTES });
  readers.set(root, reader);
  return reader;
}

async function describeLook({ root, scene, window, composite, statistics }: LookRequest) {
  const look = lookAt(scene, composite);
  return paintedLook(look, scene, composite.gamma, statistics, () =>
    readChannels(readerOf(root), scene, window, look, shownSize(window, LOOK_SIZE)),
  );
}

async function work({ task, request }: DecodeRequest): Promise<DecodeTasks[DecodeTask]["result"]> {
  switch (task) {
    case "picture": {
      const { root, scene, window, composite, statistics, size } = request;
      return encodePng(await renderPatch(readerOf(root), scene, window, composite, statistics, { size }));
    }
    case "planes":
      return readPlanes(readerOf(request.root), request);
    case "look":
      return describeLook(request);
    case "statistics":
      return channelStatistics(readerOf, request.places, request.channels);
    default:
      return assertNever(task);
  }
}

async function answer(request: DecodeRequest): Promise<DecodeReply> {
  try {
    return { result: await work(request) };
  } catch (error) {
    return { error: toErrorShape(error) };
  }
}

const port = parentPort;
port?.on("message", (request: DecodeRequest | typeof STOP) => {
  if (request === STOP) {
    port.close();
    return;
  }
  void answer(request).then((reply) => {
    const isBinary = "result" in reply && reply.result instanceof Uint8Array;
    port.postMessage(reply, isBinary ? [reply.result.buffer] : []);
  });
});

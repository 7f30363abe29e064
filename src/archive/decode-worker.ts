import { parentPort } from "node:worker_threads";
import { toErrorShape } from "../shared/errors.ts";
import { createPatchReader, type PatchReader } from "./patch-reader.ts";
import type { PictureReply, PictureRequest } from "./picture-request.ts";
import { encodePng, renderPatch } from "./render.ts";

/** Pictures take few bands, and several workers share the machine. */
const CACHE_BYTES = 64 * 2 ** 20;

/** Runs in a worker thread of the decode pool: one request at a time, in order. */
const readers = new Map<string, PatchReader>();

function readerOf(root: string): PatchReader {
  const reader = readers.get(root) ?? createPatchReader(root, { cacheBytes: CACHE_BYTES });
  readers.set(root, reader);
  return reader;
}

async function answer(request: PictureRequest): Promise<PictureReply> {
  try {
    const { root, scene, window, composite, statistics, size } = request;
    const picture = await renderPatch(readerOf(root), scene, window, composite, statistics, { size });
    return { png: encodePng(picture) };
  } catch (error) {
    return { error: toErrorShape(error) };
  }
}

const port = parentPort;
port?.on("message", (request: PictureRequest) => {
  void answer(request).then((reply) => {
    port.postMessage(reply, "png" in reply ? [reply.png.buffer] : []);
  });
});

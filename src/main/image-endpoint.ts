import { z } from "zod";
import { createDecodePool } from "../archive/decode-pool.ts";
import type { PictureRequest } from "../archive/picture-request.ts";
import { compositeSchema } from "../shared/domain/imagery.ts";
import { Cancelled, toErrorShape } from "../shared/errors.ts";
import type { ImageReply } from "./image-reply.ts";

/** The patch's pixels and how to paint them; null when there is no such patch (or no project). */
export type FindPatch = (patchId: number) => Omit<PictureRequest, "composite" | "size"> | null;

export interface ImageEndpoint {
  /** Pictures by patch id; the newest asked-for ones are kept, so that going back in a grid is instant. */
  image(path: string, query: URLSearchParams, signal: AbortSignal): Promise<ImageReply>;
  /** Forgets all pictures: another project was opened, or its statistics have changed. */
  clear(): void;
  close(): Promise<void>;
}

const CACHE_BYTES = 128 * 2 ** 20;
const MAX_AGE_SECONDS = 3600;

const querySchema = z.object({
  composite: z.string().max(60).default("true-colour"),
  bands: z.string().max(200).optional(),
  stretch: z.string().optional(),
  gamma: z.coerce.number().optional(),
  size: z.coerce.number().int().min(16).max(4096).optional(),
});

function text(status: 400 | 404 | 500, message: string): ImageReply {
  return {
    status,
    contentType: "text/plain; charset=utf-8",
    body: new TextEncoder().encode(message),
    maxAge: 0,
  };
}

/** Least recently used pictures make room first. */
class PictureCache {
  readonly #pictures = new Map<string, Uint8Array>();
  #bytes = 0;

  get(key: string): Uint8Array | undefined {
    const picture = this.#pictures.get(key);
    if (!picture) return undefined;
    this.#pictures.delete(key);
    this.#pictures.set(key, picture);
    return picture;
  }

  set(key: string, picture: Uint8Array): void {
    if (this.#pictures.has(key)) return;
    this.#pictures.set(key, picture);
    this.#bytes += picture.byteLength;
    for (const [oldKey, old] of this.#pictures) {
      if (this.#bytes <= CACHE_BYTES) return;
      this.#pictures.delete(oldKey);
      this.#bytes -= old.byteLength;
    }
  }

  clear(): void {
    this.#pictures.clear();
    this.#bytes = 0;
  }
}

export function createImageEndpoint(findPatch: FindPatch): ImageEndpoint {
  const pool = createDecodePool();
  const cache = new PictureCache();
  let generation = 0;

  return {
    async image(path, query, signal) {
      const id = /^\/patch\/(\d{1,10})$/.exec(path)?.[1];
      if (id === undefined) return text(404, "There is no such picture.");
      const parsed = querySchema.safeParse(Object.fromEntries(query));
      if (!parsed.success) return text(400, "The picture's address is not understood.");
      const { bands, size, ...rest } = parsed.data;
      const composite = compositeSchema.safeParse({
        id: rest.composite,
        ...(bands === undefined ? {} : { bands: bands.split(",") }),
        ...(rest.stretch === undefined ? {} : { stretch: rest.stretch }),
        ...(rest.gamma === undefined ? {} : { gamma: rest.gamma }),
      });
      if (!composite.success) return text(400, "The picture's address is not understood.");
      const patch = findPatch(Number(id));
      if (!patch) return text(404, `There is no patch ${id} in the open project.`);

      const key = JSON.stringify([generation, id, composite.data, size ?? null]);
      const kept = cache.get(key);
      if (kept) return { status: 200, contentType: "image/png", body: kept, maxAge: MAX_AGE_SECONDS };
      try {
        const png = await pool.picture(
          { ...patch, composite: composite.data, size: size ?? null },
          { signal },
        );
        cache.set(key, png);
        return { status: 200, contentType: "image/png", body: png, maxAge: MAX_AGE_SECONDS };
      } catch (error) {
        if (error instanceof Cancelled) return text(404, "The picture is not wanted any more.");
        const { code, message } = toErrorShape(error);
        return text(code === "not-found" ? 404 : code === "invalid-input" ? 400 : 500, message);
      }
    },
    clear() {
      // A picture that is being painted meanwhile is kept under the old generation, where nobody asks for it.
      generation++;
      cache.clear();
    },
    close: () => pool.close(),
  };
}

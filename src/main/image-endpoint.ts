import { z } from "zod";
import type { Place } from "../archive/channel-statistics.ts";
import { createDecodePool } from "../archive/decode-pool.ts";
import { lookAt } from "../archive/look.ts";
import { readBands, readComposite } from "../shared/display/picture-address.ts";
import { Cancelled, toErrorShape } from "../shared/errors.ts";
import { ByteCache } from "./byte-cache.ts";
import { DisplayStatistics } from "./display-statistics.ts";
import type { ImageReply } from "./image-reply.ts";
import type { ShownProject } from "./shown-project.ts";

export interface ImageEndpoint {
  /**
   * Pictures, planes and looks by patch id (`shared/display/picture-address.ts`); the newest asked-for ones are
   * kept, so that going back in a grid is instant.
   */
  image(path: string, query: URLSearchParams, signal: AbortSignal): Promise<ImageReply>;
  /** Forgets all pictures: another project was opened, or its statistics have changed. */
  clear(): void;
  close(): Promise<void>;
}

const CACHE_BYTES = 128 * 2 ** 20;
const MAX_AGE_SECONDS = 3600;
const ADDRESS = /^\/(patch|planes|look)\/(\d{1,10})$/;
const sizeSchema = z.coerce.number().int().min(16).max(4096);

const CONTENT_TYPES = {
  patch: "image/png",
  planes: "application/octet-stream",
  look: "application/json",
} as const;

function text(status: 400 | 404 | 500, message: string): ImageReply {
  return {
    status,
    contentType: "text/plain; charset=utf-8",
    body: new TextEncoder().encode(message),
    maxAge: 0,
  };
}

/** Without what is there for the browser's own cache only. */
function asked(query: URLSearchParams): string {
  const own = new URLSearchParams(query);
  own.delete("v");
  own.delete("attempt");
  return own.toString();
}

const NOT_UNDERSTOOD = text(400, "The picture's address is not understood.");

/** @param openProject the project that is open; null when there is none */
export function createImageEndpoint(openProject: () => ShownProject | null): ImageEndpoint {
  const pool = createDecodePool();
  const statistics = new DisplayStatistics(pool);
  const cache = new ByteCache(CACHE_BYTES);
  let generation = 0;

  async function picture(
    kind: "patch" | "look",
    project: ShownProject,
    place: Place,
    query: URLSearchParams,
    size: number | null,
    signal: AbortSignal,
  ): Promise<Uint8Array | null> {
    const composite = readComposite(query);
    if (!composite) return null;
    const { resolved, stretch } = lookAt(place.scene, composite);
    const known = await statistics.of(project, place, resolved.channels, stretch);
    const request = { ...place, composite, statistics: known };
    if (kind === "patch") return pool.run("picture", { ...request, size }, { signal });
    return new TextEncoder().encode(JSON.stringify(await pool.run("look", request, { signal })));
  }

  async function planes(
    place: Place,
    query: URLSearchParams,
    size: number | null,
    signal: AbortSignal,
  ): Promise<Uint8Array | null> {
    const bands = readBands(query);
    if (bands === null) return null;
    return pool.run("planes", { ...place, bands: bands ?? null, size }, { signal });
  }

  return {
    async image(path, query, signal) {
      const [, kind, id] = ADDRESS.exec(path) ?? [];
      if (kind !== "patch" && kind !== "planes" && kind !== "look")
        return text(404, "There is no such picture.");
      const size = query.has("size")
        ? sizeSchema.safeParse(query.get("size"))
        : { success: true, data: null };
      if (!size.success) return NOT_UNDERSTOOD;
      const project = openProject();
      const place = project?.findPlace(Number(id)) ?? null;
      if (!project || !place) return text(404, `There is no patch ${id} in the open project.`);

      const reply = (body: Uint8Array): ImageReply => ({
        status: 200,
        contentType: CONTENT_TYPES[kind],
        body,
        maxAge: MAX_AGE_SECONDS,
      });
      const key = `${generation}${path}?${asked(query)}`;
      const kept = cache.get(key);
      if (kept) return reply(kept);
      try {
        const body =
          kind === "planes"
            ? await planes(place, query, size.data ?? null, signal)
            : await picture(kind, project, place, query, size.data ?? null, signal);
        if (!body) return NOT_UNDERSTOOD;
        cache.set(key, body);
        return reply(body);
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
      statistics.clear();
    },
    close: () => pool.close(),
  };
}

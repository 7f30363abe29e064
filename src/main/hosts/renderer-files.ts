import { readFile, realpath } from "node:fs/promises";
import { extname, join, sep } from "node:path";

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".json": "application/json; charset=utf-8",
  ".wasm": "application/wasm",
};

export interface RendererFile {
  readonly body: Uint8Array;
  readonly contentType: string;
  /** Built files carry a hash in their name and never change; the page itself is always asked for anew. */
  readonly immutable: boolean;
}

/**
 * Reads one file of the built renderer. `pathname` is a URL path. Anything that is not a known kind of
 * file inside `folder` (symbolic links resolved) is answered with null.
 */
export async function readRendererFile(folder: string, pathname: string): Promise<RendererFile | null> {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  if (decoded.includes("\0") || decoded.includes("\\")) return null;
  const relative = decoded === "/" ? "index.html" : decoded.replace(/^\/+/, "");
  const contentType = CONTENT_TYPES[extname(relative).toLowerCase()];
  if (contentType === undefined) return null;
  try {
    const root = await realpath(folder);
    const file = await realpath(join(root, relative));
    if (!file.startsWith(root + sep)) return null;
    return { body: await readFile(file), contentType, immutable: relative.startsWith("assets/") };
  } catch {
    return null;
  }
}

import type { Application } from "../../application.ts";
import { securityHeaders } from "../content-security.ts";
import { readRendererFile } from "../renderer-files.ts";
import type { ElectronModule } from "./electron-module.ts";

export const APP_ORIGIN = "app://fieldmark";
export const PAGE_URL = `${APP_ORIGIN}/index.html`;
export const IMAGE_BASE = "tile://project";

const HEADERS = securityHeaders({ images: "tile:", connections: "tile:" });

/** Must run before the app is ready. Both schemes are secure and standard; neither may bypass the page's policy. */
export function declareSchemes(protocol: ElectronModule["protocol"]): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: "app", privileges: { standard: true, secure: true, supportFetchAPI: true } },
    {
      scheme: "tile",
      privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true },
    },
  ]);
}

/** Serves the built renderer at `app://fieldmark/` and the pictures at `tile://project/`. */
export function serveProtocols(
  protocol: ElectronModule["protocol"],
  application: Application,
  rendererFolder: string,
): void {
  protocol.handle("app", async (request) => {
    const url = new URL(request.url);
    if (url.host !== "fieldmark" || request.method !== "GET") return refuse(403);
    const file = await readRendererFile(rendererFolder, url.pathname);
    if (file === null) return refuse(404);
    return new Response(Buffer.from(file.body), {
      headers: { ...HEADERS, "Content-Type": file.contentType, "Cache-Control": "no-store" },
    });
  });

  protocol.handle("tile", async (request) => {
    // Set by the browser process, not by the page: only our own page may ask for pictures.
    // (Documented for `protocol.handle`, but missing from the type of its request.)
    const initiator: unknown = Reflect.get(request, "initiatorOrigin");
    if (initiator !== APP_ORIGIN || request.method !== "GET") return refuse(403);
    const url = new URL(request.url);
    const picture = await application.image(url.pathname, url.searchParams, request.signal);
    return new Response(Buffer.from(picture.body), {
      status: picture.status,
      headers: {
        ...HEADERS,
        "Access-Control-Allow-Origin": APP_ORIGIN,
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Content-Type": picture.contentType,
        "Cache-Control":
          picture.status === 200 ? `private, max-age=${picture.maxAge}, immutable` : "no-store",
      },
    });
  });
}

function refuse(status: 403 | 404): Response {
  return new Response(status === 403 ? "Forbidden." : "Not found.", { status, headers: HEADERS });
}

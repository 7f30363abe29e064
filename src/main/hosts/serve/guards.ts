import type { IncomingHttpHeaders } from "node:http";

/**
 * Whether the request was addressed to this host by a loopback name. A page that made its own
 * name resolve to 127.0.0.1 (DNS rebinding) sends its own name here and is refused.
 */
export function hostAllowed(headers: IncomingHttpHeaders, port: number): boolean {
  return headers.host === `127.0.0.1:${port}` || headers.host === `localhost:${port}`;
}

/**
 * Whether the request comes from this host's own page. A missing Origin is fine for plain navigation
 * and pictures (`required` false), never for the WebSocket.
 */
export function originAllowed(headers: IncomingHttpHeaders, port: number, required: boolean): boolean {
  const { origin } = headers;
  if (origin === undefined) return !required;
  return origin === `http://127.0.0.1:${port}` || origin === `http://localhost:${port}`;
}

/** Fetch metadata: other sites' pages may not embed or fetch anything, even with the cookie. */
export function siteAllowed(headers: IncomingHttpHeaders): boolean {
  const site = headers["sec-fetch-site"];
  return site === undefined || site === "same-origin" || site === "none";
}

/** Where pictures and connections may come from differs by host; everything else is the same. */
export interface ContentSources {
  readonly images: string;
  readonly connections: string;
}

/** The content security policy of the renderer's page. */
export function contentSecurityPolicy(sources: ContentSources): string {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' ${sources.images} blob: data:`,
    `connect-src 'self' ${sources.connections}`,
    "worker-src 'self' blob:",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ]
    .map((directive) => directive.replace(/\s+/g, " ").trim())
    .join("; ");
}

/** Headers that every page and file of the renderer is sent with. */
export function securityHeaders(sources: ContentSources): Record<string, string> {
  return {
    "Content-Security-Policy": contentSecurityPolicy(sources),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
  };
}

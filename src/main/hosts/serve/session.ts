import { randomBytes, timingSafeEqual } from "node:crypto";

const COOKIE = "fieldmark_session";

/** Compares in constant time; strings of different length differ. */
function same(left: string, right: string): boolean {
  const a = Buffer.from(left);
  const b = Buffer.from(right);
  return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * One browser's right to use this host: a random token in the printed address is exchanged once for a
 * strict cookie. The token is worthless afterwards (history, shell logs), the cookie never leaves the
 * machine's own browser.
 */
export class Session {
  readonly token = randomBytes(32).toString("base64url");
  readonly #secret = randomBytes(32).toString("base64url");
  /** Cookies are shared by all ports of a host name, so the port is part of the name. */
  readonly #cookie: string;
  #exchanged = false;

  constructor(port: number) {
    this.#cookie = `${COOKIE}_${port}`;
  }

  /** The Set-Cookie header for the right token, the first time; null otherwise. */
  exchange(token: string): string | null {
    if (this.#exchanged || !same(token, this.token)) return null;
    this.#exchanged = true;
    return `${this.#cookie}=${this.#secret}; Path=/; HttpOnly; SameSite=Strict`;
  }

  /** Whether a request's Cookie header carries this session. */
  admits(cookieHeader: string | undefined): boolean {
    for (const part of (cookieHeader ?? "").split(";")) {
      const [name, ...value] = part.trim().split("=");
      if (name === this.#cookie && same(value.join("="), this.#secret)) return true;
    }
    return false;
  }
}

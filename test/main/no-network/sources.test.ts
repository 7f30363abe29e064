import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** Comments may name papers and pages. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "$1");
}

const SOURCES = readdirSync(join(ROOT, "src"), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(tsx?|html|css)$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))
  .map((path) => ({
    file: path.slice(ROOT.length).split(sep).join("/"),
    text: withoutComments(readFileSync(path, "utf8")),
  }));

const SERVE = "src/main/hosts/serve/serve-host.ts";

/** Each way out of the process, and the files that have a reason to name it. */
const WAYS_OUT: readonly { what: string; pattern: RegExp; allowed: Readonly<Record<string, string>> }[] = [
  {
    what: "network modules",
    pattern: /from\s+"(?:node:)?(?:http|https|http2|net|tls|dgram|dns|dns\/promises|ws|undici)"/,
    allowed: {
      [SERVE]: "listens on 127.0.0.1",
      "src/main/hosts/serve/guards.ts": "the type of a request's headers",
      "src/main/hosts/serve/websocket-port.ts": "the type of an accepted socket",
    },
  },
  {
    what: "modules loaded by name at run time",
    pattern:
      /(?:\brequire|\bimport|getBuiltinModule)\(\s*["'`](?:node:)?(?:http|https|http2|net|tls|dgram|dns|ws|undici)\b/,
    allowed: {},
  },
  {
    what: "fetch",
    pattern: /(?<![#.\w])fetch\(|\bnet\.(?:fetch|request)\(/,
    allowed: {
      "src/renderer/components/explained-picture.tsx": "asks the image endpoint why it has no picture",
      "src/renderer/components/use-painted-look.ts": "asks the image endpoint for the limits of a stretch",
      "src/renderer/connection/web-socket-port.ts": "asks its own host whether it still wants this page",
    },
  },
  {
    what: "WebSockets that are opened",
    pattern: /new WebSocket\(/,
    allowed: { "src/renderer/connection/web-socket-port.ts": "to the host that the page came from" },
  },
  {
    what: "the browser's other ways to send",
    pattern:
      /XMLHttpRequest|new EventSource|sendBeacon|WebTransport|RTCPeerConnection|serviceWorker|importScripts\(/,
    allowed: {},
  },
  {
    what: "Electron's ways to reach out",
    pattern: /\bopenExternal\b|autoUpdater|crashReporter|setFeedURL|resolveHost|loadURL\(\s*["'`]https?:/,
    allowed: {},
  },
  {
    what: "programs that are started",
    pattern: /from\s+"(?:node:)?(?:child_process|cluster)"/,
    allowed: {
      "src/main/engine-host/spawn-child.ts": "the engine",
      "src/engine/ports.ts": "the type of the engine's process",
      "src/engine/backends/probe.ts": "tries the native backend where a crash does no harm",
      "src/main/doctor/diagnose.ts": "asks found programs for their version",
    },
  },
];

describe("the sources hold no way to the network", () => {
  it("are all read", () => {
    expect(SOURCES.length).toBeGreaterThan(100);
    expect(SOURCES.map(({ file }) => file)).toContain(SERVE);
  });

  it.each(WAYS_OUT)("$what", ({ pattern, allowed }) => {
    const users = SOURCES.filter(({ text }) => pattern.test(text)).map(({ file }) => file);
    expect(users.sort()).toEqual(Object.keys(allowed).sort());
  });

  it("the page asks its own origin only", () => {
    const page = SOURCES.find(({ file }) => file === "src/renderer/connection/web-socket-port.ts");
    expect(page?.text.match(/(?<!\w)fetch\([^)]*\)/g)).toEqual([
      'fetch("/", { method: "HEAD", cache: "no-store" })',
    ]);
    const port = SOURCES.find(({ file }) => file === "src/renderer/connection/host-port.ts");
    expect(port?.text).toContain('new URL("/rpc", window.location.href)');
  });

  it("the serve host listens on loopback only", () => {
    const host = SOURCES.find(({ file }) => file === SERVE);
    expect(host?.text).toContain('const ADDRESS = "127.0.0.1";');
    expect(host?.text.match(/\.listen\([^)]*\)/g)).toEqual([".listen(wanted, ADDRESS, ()"]);
    const others = SOURCES.filter(
      ({ file, text }) => file !== SERVE && /\.listen\(\s*(?:\d|port|\{)/.test(text),
    );
    expect(others).toEqual([]);
  });

  it("no address of another machine is written anywhere", () => {
    const addresses = SOURCES.flatMap(({ file, text }) =>
      [...text.matchAll(/\b(?:https?|wss?|ftp):\/\/([\w.$-]*)/g)].map(([address, host]) => ({
        file,
        address,
        host,
      })),
    );
    const foreign = addresses.filter(
      ({ host }) => !["127.0.0.1", "localhost", "", "$", "app"].includes(host ?? ""),
    );
    // Names of vocabularies and schemas look like addresses; nothing is ever fetched from them.
    const names = ["www.w3.org", "json-schema.org", "www.opengis.net", "geojson.org"];
    expect(foreign.filter(({ host }) => !names.includes(host ?? ""))).toEqual([]);
  });
});

// Loaded with --import into every process and thread of the application under test: notes each attempt to
// reach out, before anything is sent. Plain JavaScript without dependencies, as it runs before all else.

import { subscribe } from "node:diagnostics_channel";
import { appendFileSync } from "node:fs";
import { createRequire, syncBuiltinESMExports } from "node:module";
import { isIP } from "node:net";

const file = process.env.FIELDMARK_TRIPWIRE;
const require = createRequire(import.meta.url);

function note(what) {
  const { stack } = new Error(what);
  if (file) appendFileSync(file, `${JSON.stringify({ what, pid: process.pid, stack })}\n`);
}

for (const channel of [
  "net.client.socket",
  "udp.socket",
  "http.client.request.start",
  "undici:request:create",
]) {
  subscribe(channel, () => note(channel));
}
const dns = require("node:dns");
for (const owner of [dns, dns.promises]) {
  for (const name of Object.keys(owner)) {
    if (!/^(lookup|resolve|reverse)/.test(name) || typeof owner[name] !== "function") continue;
    const original = owner[name];
    owner[name] = function (...args) {
      // Listening on an address looks the address itself up, which asks nobody.
      if (name !== "lookup" || isIP(args[0]) === 0) note(`dns.${name} ${args[0]}`);
      return Reflect.apply(original, this, args);
    };
  }
}
syncBuiltinESMExports();

// Encodes an archive and reports every batch, until somebody kills the process.
import { loadBackend } from "../../../src/engine/backends/index.ts";
import { encode } from "../../../src/engine/encoders/encode.ts";
import { wholeFiles } from "../fixture.ts";

const [source, folder] = process.argv.slice(2);
if (source === undefined || folder === undefined) throw new Error("Give a source and a folder.");
const { tf } = await loadBackend();
await encode({ patches: await wholeFiles(source), encoder: "stats", options: {}, seed: 1, folder }, tf, {
  signal: new AbortController().signal,
  progress: ({ done, message }) => void process.send?.({ done, message }),
});

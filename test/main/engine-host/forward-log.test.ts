import { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { expect, it } from "vitest";
import { forwardLog } from "../../../src/main/engine-host/forward-log.ts";

it("passes on what matters and drops TensorFlow's chatter", async () => {
  const log = Readable.from([
    "WARNING: All log messages before absl::InitializeLog() is called are written to STDERR\nI0000 00:00:1 port.cc:153] one",
    "DNN custom operations are on.\nE0000 00:00:1 out of memory\nError: mine\n",
  ]);
  const lines: string[] = [];
  forwardLog(log, (line) => lines.push(line));
  await finished(log);
  await new Promise((resolve) => setImmediate(resolve));
  expect(lines).toEqual(["E0000 00:00:1 out of memory\n", "Error: mine\n"]);
});

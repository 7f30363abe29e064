import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

/** What TensorFlow's own C++ code says for its developers: information, and a warning about its logger. */
const CHATTER =
  /^(I\d{4} |I0000 |WARNING: All log messages before absl::InitializeLog|To enable the following instructions)/;

/** Passes an engine's log on line by line, without the chatter of libraries that nobody asked for. */
export function forwardLog(log: Readable, write: (line: string) => void): void {
  createInterface({ input: log }).on("line", (line) => {
    if (!CHATTER.test(line)) write(`${line}\n`);
  });
}

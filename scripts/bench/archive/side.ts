// A process of its own for the archive's reader: a request on each line of input, its cost on each line of output.
import { createInterface } from "node:readline";
import { type Request, work } from "./jobs.ts";

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await work(JSON.parse(line) as Request)));
}

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { DOCUMENT, formatsDocument } from "./formats-document.ts";
import { type Comparison, compareCorpus, hasCorpus } from "./gdal-corpus.ts";

const FOLDERS = ["geotiff", "scenes"] as const;
const compared = new Map<string, readonly Comparison[]>();

describe.each(FOLDERS)("../shared/data/%s", (folder) => {
  const present = hasCorpus(folder);

  test(
    present ? "reads every file as GDAL does" : "reads every file as GDAL does (shared data not present)",
    async (context) => {
      if (!present) context.skip("shared data not present");
      const comparisons = await compareCorpus(folder);
      compared.set(folder, comparisons);
      const problems = comparisons.flatMap(({ file, problems }) =>
        problems.map((problem) => `${file}: ${problem}`),
      );
      expect(problems).toEqual([]);
    },
  );
});

test("docs/formats.md says what this run has found (node scripts/run.mjs scripts/formats.ts writes it)", async (context) => {
  if (compared.size < FOLDERS.length) context.skip("shared data not present");
  expect(readFileSync(DOCUMENT, "utf8")).toBe(await formatsDocument([...compared.values()].flat()));
});

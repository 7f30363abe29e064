// Writes docs/formats.md from a run over small files and over ../shared/data.
import { writeFile } from "node:fs/promises";
import { DOCUMENT, formatsDocument } from "../test/archive/tiff/formats-document.ts";
import { compareCorpus, hasCorpus } from "../test/archive/tiff/gdal-corpus.ts";

const FOLDERS = ["geotiff", "scenes"];

if (FOLDERS.every(hasCorpus)) {
  const comparisons = await Promise.all(FOLDERS.map(compareCorpus));
  await writeFile(DOCUMENT, await formatsDocument(comparisons.flat()));
  console.log(`${DOCUMENT} is written.`);
} else {
  console.error("docs/formats.md is made from ../shared/data, which is not here.");
  process.exitCode = 1;
}

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspectRaster } from "../../../src/archive/inspect.ts";
import { COMPRESSIONS } from "../../../src/archive/tiff/compression/registry.ts";
import type { Comparison } from "./gdal-corpus.ts";
import { buildTiff, type FieldSpec, type TiffSpec } from "./tiff-builder.ts";

export const DOCUMENT = join(import.meta.dirname, "../../../docs/formats.md");

/** The text of `docs/formats.md`, from small files made for the purpose and from the comparison with GDAL. */
export async function formatsDocument(comparisons: readonly Comparison[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "fieldmark-formats-"));
  try {
    return [
      INTRODUCTION,
      "## Compression\n",
      compressionTable(comparisons),
      "## Samples\n",
      "Stored samples (rows: bits) and the type in which they are presented. “–” is refused.\n",
      await sampleTable(folder),
      "## Colours\n",
      await colorTable(folder),
      "## Compared with GDAL 3.6.2\n",
      comparison(comparisons),
      LIMITS,
    ].join("\n");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const INTRODUCTION = `# What the archive reader reads

Made by \`node scripts/run.mjs scripts/formats.ts\` from a run over small files of every kind and over the GeoTIFF
collections in \`../shared/data\`; the tests fail where it no longer holds. A file is either presented exactly as GDAL
3.6.2 presents it (lossy JPEG and WebP: within a count or two), or refused with a code and a sentence:
\`unsupported-raster\` for valid files beyond the reader, \`corrupt-raster\` for damaged ones, \`raster-too-large\` for what
would not fit into memory.

Classic TIFF and BigTIFF, both byte orders, strips and tiles, interleaved and separate planes are read in every
combination. The first image of a file counts; marked smaller copies of it, or those in a \`.ovr\` file, serve as
overviews. Georeferencing comes from GeoTIFF tags, world files (\`.tfw\`, \`.tifw\`, \`.wld\`) and \`.aux.xml\`; the latter also
gives nodata, scale, offset and band names.
`;

const LIMITS = `## Limits

- Uncompressed data of any size; a compressed tile or strip of up to 128 MB when decoded.
- Damage is never papered over. GDAL fills in for some of it (JPEG and CCITT Group 4 data that end early, positions of
  strips that are missing); such files are refused, because their pixels cannot be read in full.
- A file cut short within an uncompressed tile is refused even where only padding is missing.
`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  `${[head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n")}\n`;

const NOTES: Readonly<Record<string, string>> = {
  LZW: "also the old form with codes from the low bit up",
  JPEG: "8 bits; baseline, extended and progressive; YCbCr becomes RGB",
  WEBP: "lossy and lossless, 3 or 4 bands",
  LERC: "bare, or wrapped in deflate or Zstandard; masked floats become NaN",
  SGILOG: "as 16-bit integers",
  SGILOG24: "its table of chromaticities is not part of the reader",
  CCITTRLE: "one bit a pixel",
  CCITTRLEW: "one bit a pixel",
  CCITTFAX3: "one bit a pixel, one- and two-dimensional",
  CCITTFAX4: "one bit a pixel",
  OJPEG: "TIFF 6.0's own JPEG, replaced in 1995",
  LZMA: "LZMA2 in .xz streams, with or without the Delta filter",
  JXL: "no decoder without a further dependency",
  JP2000: "no decoder without a further dependency; nor does GDAL read it inside TIFF",
};

function compressionTable(comparisons: readonly Comparison[]): string {
  const rows = COMPRESSIONS.map(({ codes, name, isRead }) => {
    const files = comparisons.filter(
      ({ expected }) => expected.status === "ok" && nameOf(expected.compression) === name,
    );
    const equal = files.filter(({ found }) => !("error" in found)).length;
    return [
      ...[name, codes.join(", "), isRead ? "read" : "refused"],
      files.length === 0 ? "" : `${equal} of ${files.length}`,
      NOTES[name] ?? "",
    ];
  });
  return table(["GDAL's name", "Compression tag", "", "Files equal to GDAL", "Notes"], rows);
}

/** Without what GDAL adds about colours or wrapping. */
const nameOf = (compression: string) => compression.replace(/^YCbCr /, "").replace(/^LERC_.*/, "LERC");

const FORMATS = ["unsigned", "signed", "float", "untyped", "complex integer", "complex float"] as const;
const DEPTHS = [...Array.from({ length: 32 }, (_, index) => index + 1), 48, 64, 128];

async function sampleTable(folder: string): Promise<string> {
  const rows: { bits: string[]; cells: string }[] = [];
  for (const bits of DEPTHS) {
    const cells: string[] = [];
    for (const format of FORMATS.keys()) {
      cells.push((await outcome(folder, { samples: 2, bits, format: format + 1 })).dtype);
    }
    const last = rows.at(-1);
    if (last?.cells === cells.join(" | ")) last.bits.push(String(bits));
    else rows.push({ bits: [String(bits)], cells: cells.join(" | ") });
  }
  return table(
    ["Bits", ...FORMATS],
    rows.map(({ bits, cells }) => [bits.length > 1 ? `${bits[0]}–${bits.at(-1)}` : bits[0]!, cells]),
  );
}

const short = (...values: number[]): FieldSpec => ({ type: 3, values });
const RGB_TABLE: FieldSpec = { type: 3, values: new Uint8Array(2 * 3 * 256) };

const COLORS: readonly [string, Partial<TiffSpec>][] = [
  ["min is white", { photometric: 0 }],
  ["min is black", { photometric: 1 }],
  ["min is black with alpha", { photometric: 1, samples: 2, fields: { 338: short(2) } }],
  ["RGB", { photometric: 2, samples: 3 }],
  ["RGB with alpha", { photometric: 2, samples: 4, fields: { 338: short(2) } }],
  ["palette", { photometric: 3, fields: { 320: RGB_TABLE } }],
  ["palette without its table", { photometric: 3, bits: 4 }],
  ["transparency mask", { photometric: 4, bits: 1 }],
  ["CMYK, 8 bits", { photometric: 5, samples: 4 }],
  ["CMYK, 4 bits", { photometric: 5, samples: 4, bits: 4 }],
  ["CMYK, 16 bits", { photometric: 5, samples: 4, bits: 16 }],
  ["YCbCr", { photometric: 6, samples: 3, fields: { 530: short(1, 1) } }],
  ["YCbCr, subsampled 2 × 2", { photometric: 6, samples: 3, fields: { 530: short(2, 2) } }],
  ["YCbCr, subsampled 1 × 4", { photometric: 6, samples: 3, fields: { 530: short(1, 4) } }],
  [
    "YCbCr, subsampled, in planes",
    { photometric: 6, samples: 3, planar: true, fields: { 530: short(2, 2) } },
  ],
  ["YCbCr, 16 bits", { photometric: 6, samples: 3, bits: 16, fields: { 530: short(1, 1) } }],
  ["CIE L\\*a\\*b\\*", { photometric: 8, samples: 3 }],
  ["CIE L\\*a\\*b\\*, in planes", { photometric: 8, samples: 3, planar: true }],
  ["CIE L\\*a\\*b\\* with alpha", { photometric: 8, samples: 4, fields: { 338: short(2) } }],
  ["ICC L\\*a\\*b\\*", { photometric: 9, samples: 3 }],
  ["colour filter array", { photometric: 32803 }],
];

async function colorTable(folder: string): Promise<string> {
  const rows: string[][] = [];
  for (const [name, spec] of COLORS) {
    const { bands, refusal } = await outcome(folder, { samples: 1, bits: 8, ...spec });
    rows.push([name, refusal === "" ? bands : `refused: ${refusal}`]);
  }
  return table(["Stored as", "Presented as"], rows);
}

async function outcome(folder: string, spec: Pick<TiffSpec, "samples" | "bits"> & Partial<TiffSpec>) {
  const path = join(folder, "probe.tif");
  await writeFile(path, buildTiff({ width: 8, height: 8, pattern: () => 0n, ...spec }));
  const found = await inspectRaster(path, { pixels: true });
  if (!("error" in found)) {
    return { dtype: found.dtype, bands: found.colorInterpretation.join(", "), refusal: "" };
  }
  const reason = found.error.message.replace(path, "").replace(/^[:,]\s*/, "");
  return { dtype: "–", bands: "", refusal: reason.slice(0, reason.indexOf(". ")) };
}

function comparison(comparisons: readonly Comparison[]): string {
  const good = comparisons.filter(({ expected }) => expected.status === "ok");
  const equal = good.filter(({ found }) => !("error" in found));
  const refused = good.filter(({ found }) => "error" in found);
  const damaged = comparisons.filter(({ expected }) => expected.status === "error");
  const stopped = damaged.filter(({ found }) => "error" in found);
  const names = refused.map(({ file, expected }) => `\`${file}\` (${expected.compression})`);
  return `Of the ${good.length} files that GDAL reads in \`../shared/data/geotiff\` and \`../shared/data/scenes\`, ${equal.length} are read with the
same pixels, types, nodata, geotransforms, EPSG codes, colour interpretations and numbers of overviews.
Refused: ${names.join(", ") || "none"}. Of the ${damaged.length} that GDAL refuses, ${stopped.length} are refused.
`;
}

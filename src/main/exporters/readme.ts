import type { ExportDataset } from "./dataset.ts";
import type { ExportedFile } from "./exporter.ts";

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replace(/\s+/g, " ").trim();
}

function table(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) =>
    `| ${cells.map((value) => cell(String(value))).join(" | ")} |`;
  return [line(header), `|${header.map(() => "---").join("|")}|`, ...rows.map(line)].join("\n");
}

function classRows({ classes, patches }: ExportDataset): (string | number)[][] {
  return classes.map(({ name, description }, position) => {
    const count = (state: string | null) =>
      patches.filter((patch) => (patch.states[position] ?? null) === state).length;
    return [name, count("present"), count("absent"), count("unsure"), count(null), description];
  });
}

function splitRows({ patches }: ExportDataset): (string | number)[][] {
  const names = ["pool", "val", "test", null] as const;
  return names
    .map((split) => [split ?? "none", patches.filter((patch) => patch.split === split).length])
    .filter(([, count]) => count !== 0);
}

function sampling({ rounds, patches, seed, encoder }: ExportDataset): string {
  const imported = patches.filter((patch) => patch.round === null).length;
  const control = patches.filter((patch) => patch.control).length;
  const lines: string[] = [];
  if (rounds.length > 0) {
    lines.push(
      `The patches were chosen by active learning: in each round a query function picked what to label next, on embeddings of the encoder "${encoder}" (seed ${seed}). Such a sample is not random: class frequencies in it are not those of the archive.`,
      "",
      table(
        ["round", "query function", "budget", "labelled", "of these control stream", "date"],
        rounds.map((round) => [
          round.number,
          round.function,
          round.budget,
          round.labeled,
          round.control,
          round.createdAt.slice(0, 10),
        ]),
      ),
    );
  }
  if (control > 0) {
    lines.push(
      "",
      `${control} patches belong to the control stream: drawn at random, never trained on. They alone give unbiased frequencies.`,
    );
  }
  if (imported > 0) {
    lines.push("", `${imported} patches were labelled outside of rounds, by hand or from a file.`);
  }
  return lines.join("\n").trim();
}

/** The README of an exported dataset: classes, counts, splits, how it was sampled. */
export function datasetReadme(dataset: ExportDataset, files: readonly ExportedFile[]): string {
  const { name, kind, patches, archivePatches, createdAt, version } = dataset;
  const positives = patches.reduce(
    (sum, patch) => sum + patch.states.filter((state) => state === "present").length,
    0,
  );
  const mean = patches.length > 0 ? (positives / patches.length).toFixed(2) : "0";
  return `# ${name}

A ${kind} dataset of image patches, exported by Fieldmark ${version} on ${createdAt.slice(0, 10)}.

${patches.length} labelled patches of ${archivePatches} in the archive, ${dataset.classes.length} classes, ${mean} present classes a patch on average.

## Files

${files.map((file) => `- \`${file.name}\`: ${file.description}`).join("\n")}

\`image\` is the scene's path relative to the imagery folder, without extension.

## Classes

${table(["class", "present", "absent", "unsure", "not reviewed", "description"], classRows(dataset))}

## Splits

${table(["split", "patches"], splitRows(dataset))}

## How it was sampled

${sampling(dataset)}
`;
}

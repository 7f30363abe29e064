import { join } from "node:path";
import { expect, it } from "vitest";
import { runProgram } from "../../../src/main/cli/program.ts";
import { evaluationSummarySchema } from "../../../src/shared/domain/evaluation.ts";
import { temporaryFolder, tinyLabels, tinySplits, writeText, writeTinyArchive } from "../fixture.ts";

const FILES = 96;

async function fieldmark(...args: string[]): Promise<{ code: number; out: string }> {
  let out = "";
  const terminal = {
    isInteractive: false,
    out: (text: string) => {
      out += text;
    },
    error: () => {},
  };
  return { code: await runProgram(args, terminal), out };
}

it("reports what is measured, in words and as a document, and says what a comparison lacks", async () => {
  const folder = temporaryFolder();
  const source = await writeTinyArchive(join(folder, "archive"), FILES);
  const project = join(folder, "tiny");
  expect((await fieldmark("create", project, "--source", source)).code).toBe(0);
  const empty = await fieldmark("report", project);
  expect(empty).toMatchObject({ code: 0 });
  expect(empty.out).toContain("Nothing to measure on yet");

  const labels = writeText(folder, "labels.csv", tinyLabels(FILES));
  const splits = writeText(folder, "splits.csv", tinySplits(FILES));
  await fieldmark("labels", "import", project, labels, "--format", "csv", "--splits", splits);
  expect((await fieldmark("train", project, "--encoder", "stats", "--head", "kernel")).code).toBe(0);
  const report = evaluationSummarySchema.parse(
    JSON.parse((await fieldmark("report", project, "--json")).out),
  );
  // Every fourth file is val.
  expect(report).toMatchObject({
    source: "val",
    samples: FILES / 4,
    verdict: "too-early",
    gainNeeds: "models",
  });
  expect(report.current?.microF1?.interval).not.toBeNull();
  const words = (await fieldmark("report", project)).out;
  expect(words).toContain(`on ${FILES / 4} patches of the val split`);
  expect(words).toContain("not enough random labels yet (24 of 30)");

  const refused = await fieldmark("report", project, "--compare", "--json");
  expect(refused.code).toBe(1);
  expect(JSON.parse(refused.out)).toMatchObject({ error: { code: "no-labels" } });
});

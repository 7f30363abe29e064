import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ExportDataset } from "../../../src/main/exporters/dataset.ts";
import type { Exporter } from "../../../src/main/exporters/exporter.ts";
import { exportDataset } from "../../../src/main/exporters/index.ts";
import { QUIET } from "../../../src/main/work.ts";
import { temporaryFolder } from "../fixture.ts";
import { sampleDataset } from "./sample-dataset.ts";

/** What every exporter must do, whatever its format. */
export function exporterContract(exporter: Exporter): void {
  const write = (dataset: ExportDataset, folder: string) =>
    exportDataset(dataset, exporter.id, folder, {}, QUIET);

  describe(`exporter ${exporter.id}`, () => {
    it("writes the files that its README lists, and the README", async () => {
      const folder = join(temporaryFolder(), "out");
      await write(sampleDataset(), folder);
      const readme = readFileSync(join(folder, "README.md"), "utf8");
      const files = readdirSync(folder).filter((name) => name !== "README.md");
      expect(files.length).toBeGreaterThan(0);
      for (const file of files) expect(readme).toContain(`\`${file}\``);
      expect(readme).toContain("| water | 1 | 1 | 1 | 0 |");
      expect(readme).toContain("mge+clustering");
    });

    it("refuses a folder that holds files, and leaves them alone", async () => {
      const folder = temporaryFolder();
      await write(sampleDataset(), join(folder, "out"));
      const before = readdirSync(join(folder, "out"));
      await expect(write(sampleDataset(), join(folder, "out"))).rejects.toMatchObject({
        code: "invalid-input",
      });
      expect(readdirSync(join(folder, "out"))).toEqual(before);
      expect(readdirSync(folder)).toEqual(["out"]);
    });

    it("leaves nothing behind when it is cancelled or fails", async () => {
      const folder = temporaryFolder();
      const controller = new AbortController();
      controller.abort();
      const dataset = sampleDataset();
      const many = { ...dataset, patches: Array.from({ length: 4000 }, () => dataset.patches[0]!) };
      await expect(
        exportDataset(many, exporter.id, join(folder, "out"), {}, { ...QUIET, signal: controller.signal }),
      ).rejects.toThrow("Cancelled");
      expect(existsSync(join(folder, "out"))).toBe(false);
      expect(readdirSync(folder)).toEqual([]);
    });

    it("refuses a dataset without labels", async () => {
      const folder = join(temporaryFolder(), "out");
      await expect(write({ ...sampleDataset(), patches: [] }, folder)).rejects.toMatchObject({
        code: "no-labels",
      });
      expect(existsSync(folder)).toBe(false);
    });

    it("is deterministic", async () => {
      const folder = temporaryFolder();
      await write(sampleDataset(), join(folder, "a"));
      await write(sampleDataset(), join(folder, "b"));
      for (const name of readdirSync(join(folder, "a"))) {
        expect(readFileSync(join(folder, "b", name))).toEqual(readFileSync(join(folder, "a", name)));
      }
    });
  });
}

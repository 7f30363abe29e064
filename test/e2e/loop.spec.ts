import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { strings } from "../../src/renderer/strings.ts";
import { chooseInProjectMenu, labelByKeyboard, nextRound, roundCount } from "./support/analyst.ts";
import { expect, test } from "./support/app-test.ts";
import { smallArchive, type Truth, truthOf } from "./support/demo-projects.ts";
import { type ProjectFile, readProjectFile } from "./support/project-file.ts";

const BUDGET = 15;
const { newProject: text } = strings;

/** From the start screen to an open project, the way a newcomer goes: browse, cut, paste classes, name. */
async function createProject(page: Page, folder: string, classNames: readonly string[]): Promise<void> {
  await page.getByRole("button", { name: strings.start.newProject }).click();

  await test.step("imagery: through the folder browser", async () => {
    await page.getByLabel(text.folder, { exact: true }).fill(folder);
    await page.getByRole("button", { name: strings.folders.browse }).click();
    const browser = page.getByRole("dialog", { name: text.folder });
    await browser.getByRole("option", { name: "archive" }).dblclick();
    await expect(browser.getByText(strings.folders.rasters(4))).toBeVisible();
    await browser.getByRole("button", { name: strings.folders.choose }).click();
    await expect(page.getByText(strings.sensors["sentinel2-13"])).toBeVisible();
    await expect(page.getByText("320 × 320 (4)")).toBeVisible();
    await page.getByRole("button", { name: text.next }).click();
  });
  await test.step("patches: windows of 64 pixels", async () => {
    await page.getByText(text.patches.windows).click();
    await page.getByLabel(text.patches.size).fill("64");
    await page.getByText(text.patches.drop, { exact: true }).click();
    await expect(page.getByRole("img", { name: text.patches.sketch(25) })).toBeVisible();
    await page.getByRole("button", { name: text.next }).click();
  });
  await test.step("classes: a pasted list", async () => {
    await page.getByRole("button", { name: strings.taxonomy.paste }).click();
    await page.getByLabel(strings.taxonomy.pasteLabel).fill(classNames.join("\n"));
    await page.getByRole("button", { name: strings.taxonomy.addMany(classNames.length) }).click();
    await page.getByRole("button", { name: text.next }).click();
  });
  await test.step("name and place", async () => {
    await page.getByLabel(text.name, { exact: true }).fill("Valley");
    await expect(page.getByLabel(text.parent)).toHaveValue(folder);
    await page.getByRole("button", { name: text.create }).click();
    await expect(page.getByRole("heading", { name: strings.round.firstTitle })).toBeVisible({
      timeout: 30_000,
    });
  });
}

/** Waits for what is under way, then: each of these patches has exactly the true classes, and all others are absent. */
async function expectTrueLabels(
  project: string,
  patches: readonly string[],
  truth: Truth,
  classNames: readonly string[],
): Promise<ProjectFile> {
  await expect.poll(() => readProjectFile(project).confirmed.size).toBe(patches.length);
  const file = readProjectFile(project);
  for (const patch of patches) {
    const states = Object.fromEntries(file.confirmed.get(patch) ?? []);
    const wanted = classNames.map((name) => [name, truth.get(patch)?.includes(name) ? "present" : "absent"]);
    expect(states, patch).toEqual(Object.fromEntries(wanted));
  }
  return file;
}

async function exportAs(page: Page, format: string, folder: string): Promise<void> {
  await chooseInProjectMenu(page, "Valley", strings.project.export);
  const dialog = page.getByRole("dialog", { name: strings.export.title });
  await dialog.getByRole("combobox", { name: strings.export.format }).click();
  await page.getByRole("option", { name: format, exact: true }).click();
  await dialog.getByLabel(strings.export.folder, { exact: true }).fill(folder);
  await dialog.getByRole("button", { name: strings.export.run, exact: true }).click();
  await expect(dialog.getByText(folder)).toBeVisible();
  await dialog.getByRole("button", { name: strings.close, exact: true }).last().click();
  await expect(dialog).toBeHidden();
}

function readTable(path: string): Record<string, string>[] {
  const [header = [], ...rows] = readFileSync(path, "utf8")
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => line.split(","));
  return rows.map((cells) => Object.fromEntries(header.map((name, at) => [name, cells[at] ?? ""])));
}

test("an analyst goes from a folder of imagery to a labelled dataset", async ({ app }) => {
  const { page, folder } = app;
  const archive = await smallArchive(folder);
  const truth = truthOf(archive);
  const classNames = archive.classes.map(({ name }) => name);
  const project = join(folder, "Valley.fieldmark");
  const labelled: string[] = [];

  await createProject(page, folder, classNames);

  await test.step("round 0: labelled by keyboard", async () => {
    await nextRound(page, 0, { budget: BUDGET, encoder: /statistics/i });
    labelled.push(...(await labelByKeyboard(page, truth, classNames)));
    const file = await expectTrueLabels(project, labelled, truth, classNames);
    expect(file.rounds[0]?.toSorted()).toEqual(labelled.toSorted());
    expect(file.models).toEqual([]);
  });

  await test.step("round 1: the first model chooses; a reload in the middle loses nothing", async () => {
    await nextRound(page, 1);
    labelled.push(...(await labelByKeyboard(page, truth, classNames, 6)));
    await page.reload();
    await expect(roundCount(page)).toHaveText(strings.round.done("6", String(BUDGET)));
    await expectTrueLabels(project, labelled, truth, classNames);
    await expect(page.getByText(strings.round.ready(1))).toBeHidden();
    labelled.push(...(await labelByKeyboard(page, truth, classNames)));
    await expectTrueLabels(project, labelled, truth, classNames);
  });

  await test.step("undo takes the last confirmation back, also after a reload", async () => {
    await page.keyboard.press("Control+KeyZ");
    await expect(roundCount(page)).toHaveText(strings.round.done(String(BUDGET - 1), String(BUDGET)));
    await page.reload();
    await expect(roundCount(page)).toHaveText(strings.round.done(String(BUDGET - 1), String(BUDGET)));
    await expectTrueLabels(project, labelled.slice(0, -1), truth, classNames);
    await page.keyboard.press("Control+Shift+KeyZ");
    await expect(roundCount(page)).toHaveText(strings.round.done(String(BUDGET), String(BUDGET)));
    await expectTrueLabels(project, labelled, truth, classNames);
  });

  await test.step("round 2: the curve has two points, the same in the page and in the project", async () => {
    await nextRound(page, 2);
    await page.getByRole("button", { name: strings.header.screen.progress }).click();
    const { models } = readProjectFile(project);
    expect(models.length).toBe(2);
    expect(models.map(({ labeled }) => labeled)).toEqual(
      [...models.map(({ labeled }) => labeled)].sort((a, b) => a - b),
    );
    const points = models.map(({ labeled, microF1 }) => {
      expect(microF1).not.toBeNull();
      return `${labeled}: ${(100 * (microF1 ?? 0)).toFixed(1)}`;
    });
    const curve = page.getByRole("img", { name: strings.progress.curveDescription("") });
    await expect(curve).toBeVisible();
    const shown = (await curve.getAttribute("aria-label")) ?? "";
    expect(shown.replace(strings.progress.curveDescription(""), "").replaceAll(" %", "").split(", ")).toEqual(
      points,
    );
  });

  await test.step("export as CSV: what was labelled, and nothing else", async () => {
    const target = join(folder, "csv");
    await exportAs(page, "CSV", target);
    const rows = readTable(join(target, "labels.csv"));
    expect(rows.map(({ image, x, y }) => `${image}@${x}_${y}`).sort()).toEqual(labelled.toSorted());
    for (const row of rows) {
      const present = truth.get(`${row.image}@${row.x}_${row.y}`) ?? [];
      expect(classNames.filter((name) => row[name] === "1")).toEqual(present);
      expect(classNames.filter((name) => row[name] === "0")).toHaveLength(classNames.length - present.length);
    }
    expect(readTable(join(target, "labels-long.csv"))).toHaveLength(labelled.length * classNames.length);
    const readme = readFileSync(join(target, "README.md"), "utf8");
    for (const name of classNames) expect(readme).toContain(name);
  });

  await test.step("export as GeoJSON: the same labels, on footprints where the archive lies", async () => {
    const target = join(folder, "geojson");
    await exportAs(page, "GeoJSON", target);
    const { features } = JSON.parse(readFileSync(join(target, "labels.geojson"), "utf8"));
    expect(features).toHaveLength(labelled.length);
    for (const { geometry, properties } of features) {
      const patch = `${properties.image}@${properties.x}_${properties.y}`;
      expect(labelled).toContain(patch);
      expect(classNames.filter((name) => properties[name] === 1)).toEqual(truth.get(patch));
      expect(geometry.type).toBe("Polygon");
      expect(geometry.coordinates[0][0]).toEqual(geometry.coordinates[0].at(-1));
    }
    expect(existsSync(join(project, "project.sqlite"))).toBe(true);
  });
});

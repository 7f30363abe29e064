import { join } from "node:path";
import { type CommandName, KEYS_OF_COMMAND } from "../../src/renderer/labelling/command-keys.ts";
import { strings } from "../../src/renderer/strings.ts";
import { classKey, focusedPatch, focusedTile, nextRound, roundCount } from "./support/analyst.ts";
import { expect, test } from "./support/app-test.ts";
import { smallTruth } from "./support/demo-projects.ts";
import { readProjectFile } from "./support/project-file.ts";

test.use({ startWith: "small" });

test("the overview names every command and every class with its key", async ({ app }) => {
  const { page, folder } = app;
  const { classNames } = await smallTruth(folder);
  await expect(page.getByRole("heading", { name: strings.round.firstTitle })).toBeVisible();
  await page.keyboard.press("Shift+Slash");
  const overview = page.getByRole("dialog", { name: strings.help.title });
  // `Object.keys` widens the names of a record whose keys are exactly the commands.
  for (const command of Object.keys(KEYS_OF_COMMAND) as CommandName[]) {
    const name = page.getByText(strings.commands[command], { exact: true });
    const row = overview.locator("dl > div").filter({ has: name });
    await expect(row, command).toBeVisible();
    await expect(row.locator("dd > *")).toHaveCount(KEYS_OF_COMMAND[command].length);
  }
  for (const name of classNames) await expect(overview.getByText(name, { exact: true })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(overview).toBeHidden();
});

test("composite, stretch and colours change by keyboard, and are remembered for each composite", async ({
  app,
}) => {
  const { page } = app;
  async function lookAtPatches(): Promise<void> {
    await page.getByRole("button", { name: strings.header.screen.patches, exact: true }).click();
    await expect(focusedTile(page)).toBeVisible();
  }
  await lookAtPatches();
  const picture = focusedTile(page).locator("img");
  const shown = async () => new URL((await picture.getAttribute("src")) ?? "", page.url()).searchParams;
  const composite = () => page.getByRole("button", { name: strings.view.composite("") });
  expect((await shown()).get("composite")).toBe("true-colour");

  // Back from the first one is the last one: a single band.
  await page.keyboard.press("Shift+KeyC");
  await expect(composite()).toContainText("Single band");
  await page.keyboard.press("KeyL");
  const look = page.getByRole("dialog", { name: strings.look.title });
  await look.getByRole("radio", { name: "Grey" }).focus();
  await page.keyboard.press("ArrowDown");
  await look.getByRole("slider").press("ArrowRight");
  await look.getByRole("radio", { name: strings.look.scopes.project }).press("ArrowLeft");
  await expect
    .poll(async () => Object.fromEntries(await shown()))
    .toMatchObject({
      composite: "single-band",
      map: "viridis",
      gamma: "1.072",
      stretch: "percentile",
      scope: "scene",
    });
  // The legend tells which values the colours stand for.
  await expect(page.getByRole("img", { name: /^B08: colours from \d+ to \d+$/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(look).toBeHidden();

  await page.keyboard.press("KeyC");
  await expect.poll(async () => (await shown()).get("map")).toBeNull();
  await page.reload();
  await lookAtPatches();
  await page.keyboard.press("Shift+KeyC");
  await expect.poll(async () => (await shown()).get("map")).toBe("viridis");
});

test("present, unsure, absent, none, skipped and flagged are all a key away, and all can be undone", async ({
  app,
}) => {
  const { page, folder } = app;
  const { classNames } = await smallTruth(folder);
  const project = join(folder, "small.fieldmark");
  const key = (name: string) => classKey(classNames, name);
  await nextRound(page, 0, { budget: 8 });

  const first = await focusedPatch(page);
  for (const press of [key("Water"), "KeyU", key("River"), "Minus", key("Sand"), `Alt+${key("Vineyard")}`]) {
    await page.keyboard.press(press);
  }
  await page.keyboard.press("KeyF");
  await page.keyboard.press("Enter");
  await expect(roundCount(page)).toHaveText(strings.round.done("1", "8"));
  await expect.poll(() => readProjectFile(project).confirmed.size).toBe(1);
  const states = readProjectFile(project).confirmed.get(first);
  expect(Object.fromEntries(states ?? [])).toEqual({
    ...Object.fromEntries(classNames.map((name) => [name, "absent"])),
    Water: "present",
    River: "unsure",
  });

  const second = await focusedPatch(page);
  expect(second).not.toBe(first);
  await page.keyboard.press("KeyN");
  await expect(roundCount(page)).toHaveText(strings.round.done("2", "8"));
  await expect.poll(() => readProjectFile(project).confirmed.size).toBe(2);
  expect(new Set(readProjectFile(project).confirmed.get(second)?.values())).toEqual(new Set(["absent"]));

  await page.keyboard.press("KeyS");
  await expect(roundCount(page)).toHaveText(strings.round.done("3", "8"));
  expect(readProjectFile(project).confirmed.size).toBe(2);

  await page.keyboard.press("Backspace");
  await page.keyboard.press("Backspace");
  await expect(focusedTile(page)).toHaveAttribute("aria-label", new RegExp(`^${second}, `));

  const { journalLength } = readProjectFile(project);
  const undo = page.getByRole("button", { name: strings.header.undo });
  for (let steps = 0; await undo.isEnabled(); steps++) {
    expect(steps).toBeLessThan(20);
    await page.keyboard.press("Control+KeyZ");
    await page.waitForTimeout(100);
  }
  await expect(roundCount(page)).toHaveText(strings.round.done("0", "8"));
  await expect.poll(() => readProjectFile(project).confirmed.size).toBe(0);
  // Undo appends; nothing that was said is taken out of the journal.
  expect(readProjectFile(project).journalLength).toBeGreaterThan(journalLength);
});

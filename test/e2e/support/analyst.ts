import { expect, type Locator, type Page } from "@playwright/test";
import { strings } from "../../../src/renderer/strings.ts";
import { CLASS_KEYS } from "../../../src/shared/domain/taxonomy.ts";
import type { Truth } from "./demo-projects.ts";

/** A key of the application in Playwright's words: "shift+1" → "Shift+Digit1". */
function keystroke(name: string): string {
  const parts = name.split("+");
  const last = parts.pop() ?? "";
  const key = /^\d$/.test(last) ? `Digit${last}` : last;
  return [...parts.map((part) => part.replace("shift", "Shift")), key].join("+");
}

/** The key that labels a class with keys as a new taxonomy hands them out. */
export function classKey(classNames: readonly string[], name: string): string {
  const key = CLASS_KEYS[classNames.indexOf(name)];
  if (key === undefined) throw new Error(`No key labels ${name}.`);
  return keystroke(key);
}

/** "12 of 20" beside the round's bar. */
export function roundCount(page: Page): Locator {
  return page.getByTestId("round-progress");
}

/** The patch that the keys work on. */
export function focusedTile(page: Page): Locator {
  return page.locator('[role="gridcell"][tabindex="0"]');
}

export async function focusedPatch(page: Page): Promise<string> {
  const label = (await focusedTile(page).getAttribute("aria-label")) ?? "";
  const name = /^(.*), [^,]*$/.exec(label)?.[1];
  if (name === undefined) throw new Error(`No patch is focused (${label}).`);
  return name;
}

/** Asks for a round from the keyboard, and waits until its patches are there. */
export async function nextRound(
  page: Page,
  number: number,
  { budget, encoder }: { budget?: number; encoder?: string | RegExp } = {},
): Promise<void> {
  const asks = new RegExp(`^(${strings.round.first}|${strings.round.next})$`);
  await expect(page.getByRole("button", { name: asks }).first()).toBeVisible();
  await page.keyboard.press("Shift+KeyN");
  const dialog = page.getByRole("dialog", { name: strings.round.dialogTitle });
  await expect(dialog.getByRole("button", { name: strings.round.start })).toBeEnabled();
  if (budget !== undefined) await dialog.getByLabel(strings.round.budget).fill(String(budget));
  if (encoder !== undefined) {
    await dialog.getByRole("combobox", { name: strings.round.encoder }).click();
    await page.getByRole("option", { name: encoder }).click();
  }
  await dialog.getByRole("button", { name: strings.round.start }).press("Enter");
  await expect(dialog).toBeHidden();
  // Not the running job in the status bar, which has the same title.
  await expect(roundCount(page).locator("..")).toContainText(strings.round.number(number), {
    timeout: 60_000,
  });
}

/**
 * Labels the round's open patches by keyboard, with what is truly there: class keys, then space.
 * @param limit stops after this many
 * @returns the patches that were labelled, in order
 */
export async function labelByKeyboard(
  page: Page,
  truth: Truth,
  classNames: readonly string[],
  limit = Number.POSITIVE_INFINITY,
): Promise<string[]> {
  const [before, total] = ((await roundCount(page).textContent()) ?? "").split(" of ").map(Number);
  if (before === undefined || total === undefined) throw new Error("The round shows no count.");
  const labelled: string[] = [];
  while (before + labelled.length < total && labelled.length < limit) {
    const patch = await focusedPatch(page);
    const present = truth.get(patch);
    if (!present) throw new Error(`The archive's truth doesn't know ${patch}.`);
    for (const name of present) await page.keyboard.press(classKey(classNames, name));
    await page.keyboard.press("Space");
    labelled.push(patch);
    await expect(roundCount(page)).toHaveText(
      strings.round.done(String(before + labelled.length), String(total)),
    );
  }
  return labelled;
}

/** Opens a dialog from the project's menu. */
export async function chooseInProjectMenu(page: Page, project: string, item: string): Promise<void> {
  await page.getByRole("button", { name: strings.project.menu(project) }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

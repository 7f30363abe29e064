import { strings } from "../../src/renderer/strings.ts";
import { focusedPatch, labelByKeyboard, nextRound, roundCount } from "./support/analyst.ts";
import { expect, test } from "./support/app-test.ts";
import { smallTruth } from "./support/demo-projects.ts";

test.use({ startWith: "small" });

test("a round that comes while another is labelled waits until it is asked for", async ({ app }) => {
  const { page, folder } = app;
  const { truth, classNames } = await smallTruth(folder);
  await nextRound(page, 0, { budget: 8 });
  await labelByKeyboard(page, truth, classNames, 3);
  const patch = await focusedPatch(page);

  await page.keyboard.press("Shift+KeyN");
  await page.getByRole("button", { name: strings.round.start }).click();
  const waiting = page.getByRole("button", { name: strings.round.ready(1) });
  await expect(waiting).toBeVisible({ timeout: 60_000 });
  await expect(roundCount(page).locator("..")).toContainText(strings.round.number(0));
  await expect(roundCount(page)).toHaveText(strings.round.done("3", "8"));
  expect(await focusedPatch(page)).toBe(patch);
  await labelByKeyboard(page, truth, classNames, 2);
  await expect(roundCount(page)).toHaveText(strings.round.done("5", "8"));

  await waiting.click();
  await expect(roundCount(page).locator("..")).toContainText(strings.round.number(1));
  await expect(waiting).toBeHidden();
});

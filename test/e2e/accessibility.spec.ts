import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { strings } from "../../src/renderer/strings.ts";
import { focusedTile, labelByKeyboard, nextRound, roundCount } from "./support/analyst.ts";
import { expect, test } from "./support/app-test.ts";
import { smallArchive, smallTruth } from "./support/demo-projects.ts";
import { type Place, placesBeforeProject, placesInProject } from "./support/screens.ts";

/** What is wrong → where. */
type Violations = Map<string, string[]>;

/** Adds the serious and critical violations among those that the analysis finds. */
async function collectViolations(analysis: AxeBuilder, where: string, into: Violations): Promise<void> {
  const { violations } = await analysis.analyze();
  for (const { id, impact, nodes } of violations) {
    if (impact !== "serious" && impact !== "critical") continue;
    for (const { target, failureSummary = "" } of nodes) {
      const what = `${id}: ${target.join(" ")}: ${failureSummary.replace(/\s+/g, " ")}`;
      into.set(what, [...(into.get(what) ?? []), where]);
    }
  }
}

async function setScheme(page: Page, colorScheme: "light" | "dark"): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", colorScheme);
}

async function inspectPlaces(page: Page, places: readonly Place[]): Promise<Violations> {
  const found: Violations = new Map();
  for (const { name, go, over } of places) {
    await test.step(name, async () => {
      await setScheme(page, "light");
      await go(page);
      const analysis = () => {
        const builder = new AxeBuilder({ page });
        return over === undefined ? builder : builder.include(`[role="${over}"]`);
      };
      await collectViolations(analysis(), `${name}, light`, found);
      await setScheme(page, "dark");
      // The other scheme changes colours and nothing else.
      await collectViolations(analysis().withRules(["color-contrast"]), `${name}, dark`, found);
    });
  }
  return found;
}

test("start and project set-up have no serious accessibility problem in either theme", async ({ app }) => {
  await smallArchive(app.folder);
  expect(await inspectPlaces(app.page, placesBeforeProject(app.folder))).toEqual(new Map());
});

test.describe("in a project", () => {
  test.use({ startWith: "small" });

  test("no screen or dialog has a serious accessibility problem in either theme", async ({ app }) => {
    const { page, folder } = app;
    const { truth, classNames } = await smallTruth(folder);
    const firstRound: Place = {
      name: "first-round",
      go: () => expect(page.getByRole("heading", { name: strings.round.firstTitle })).toBeVisible(),
    };
    expect.soft(await inspectPlaces(page, [firstRound])).toEqual(new Map());
    await nextRound(page, 0, { budget: 12 });
    await labelByKeyboard(page, truth, classNames);
    await nextRound(page, 1);
    await labelByKeyboard(page, truth, classNames, 5);
    expect(await inspectPlaces(page, placesInProject("Small"))).toEqual(new Map());
  });
});

/** Goes to a control with the tab key alone, and checks that one sees where the focus is. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let steps = 0; steps < 60; steps++) {
    if (await target.evaluate((element) => element === document.activeElement)) {
      const isShown = await target.evaluate((element) => {
        // The ring may be drawn by the control itself or by a wrapper around it.
        for (let at: Element | null = element; at && at !== document.body; at = at.parentElement) {
          const { outlineStyle, outlineWidth, boxShadow, borderColor } = getComputedStyle(at);
          if (outlineStyle !== "none" && outlineWidth !== "0px") return true;
          if (boxShadow !== "none") return true;
          if (at.matches("input, textarea") && borderColor !== "") return true;
        }
        return false;
      });
      expect(isShown, `the focus on ${target} can be seen`).toBe(true);
      return;
    }
    await page.keyboard.press("Tab");
  }
  throw new Error(`${target} can't be reached with the tab key.`);
}

test("the way from the start screen to an exported dataset needs no mouse", async ({ app }) => {
  const { page, folder } = app;
  const { newProject: text } = strings;
  await smallArchive(folder);
  const button = (name: string) => page.getByRole("button", { name, exact: true });

  await tabTo(page, page.getByRole("button", { name: strings.start.newProject }));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByLabel(text.folder, { exact: true }));
  await page.keyboard.type(join(folder, "archive"));
  await page.keyboard.press("Enter");
  await expect(page.getByText(strings.sensors["sentinel2-13"])).toBeVisible();
  await tabTo(page, button(text.next));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: text.heading.patches })).toBeVisible();
  await tabTo(page, button(text.next));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("textbox", { name: strings.taxonomy.addPlaceholder }));
  for (const name of ["Water", "Forest"]) {
    await page.keyboard.type(name);
    await page.keyboard.press("Enter");
  }
  await tabTo(page, button(text.next));
  await page.keyboard.press("Enter");
  await tabTo(page, button(text.create));
  await page.keyboard.press("Enter");

  // Small files are whole patches: four of them.
  await tabTo(page, button(strings.round.first).first());
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("combobox", { name: strings.round.encoder }));
  const quickest = page.getByRole("option", { name: /statistics/i });
  const marked = quickest.and(page.locator("[data-combobox-selected]"));
  for (let steps = 0; (await marked.count()) === 0; steps++) {
    expect(steps).toBeLessThan(8);
    await page.keyboard.press("ArrowDown");
    await expect(quickest).toBeVisible();
  }
  await page.keyboard.press("Enter");
  await tabTo(page, button(strings.round.start));
  await page.keyboard.press("Enter");
  await tabTo(page, focusedTile(page));
  await page.keyboard.press("Digit1");
  await page.keyboard.press("Space");
  await expect(roundCount(page)).toHaveText(/^1 of /);

  await tabTo(page, button(strings.project.menu("archive")));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: strings.project.export })).toBeVisible();
  await page.keyboard.press("Home");
  await expect(page.getByRole("menuitem", { name: strings.project.export })).toBeFocused();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: strings.export.title });
  await tabTo(page, dialog.getByRole("button", { name: strings.export.run, exact: true }));
  await page.keyboard.press("Enter");
  await expect(dialog.getByText(join(folder, "archive-export"))).toBeVisible();
});

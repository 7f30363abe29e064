import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { strings } from "../../../src/renderer/strings.ts";
import { chooseInProjectMenu, focusedTile } from "./analyst.ts";

/** A place of the application, and the way there from the place before it in the list. */
export interface Place {
  readonly name: string;
  readonly go: (page: Page) => Promise<void>;
  /** What lies over the place before it, which was seen already. */
  readonly over?: "dialog" | "menu";
}

async function closeDialog(page: Page): Promise<void> {
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
}

async function goToScreen(page: Page, screen: "label" | "patches" | "progress"): Promise<void> {
  await page.getByRole("button", { name: strings.header.screen[screen], exact: true }).click();
}

/** Start screen and project set-up, without making the project. `folder` holds the small archive. */
export function placesBeforeProject(folder: string): Place[] {
  const { newProject: text } = strings;
  const next = (page: Page) => page.getByRole("button", { name: text.next, exact: true }).click();
  return [
    {
      name: "start",
      go: (page) => expect(page.getByText(strings.start.demoText)).toBeVisible(),
    },
    {
      name: "new-project-imagery",
      async go(page) {
        await page.getByRole("button", { name: strings.start.newProject }).click();
        await page.getByLabel(text.folder, { exact: true }).fill(join(folder, "archive"));
        await page.keyboard.press("Enter");
        await expect(page.getByText(strings.sensors["sentinel2-13"])).toBeVisible();
      },
    },
    {
      name: "folder-browser",
      over: "dialog",
      async go(page) {
        await page.getByRole("button", { name: strings.folders.browse }).click();
        await expect(page.getByText(strings.folders.rasters(4))).toBeVisible();
      },
    },
    {
      name: "new-project-patches",
      async go(page) {
        await closeDialog(page);
        await next(page);
        await page.getByText(text.patches.windows, { exact: true }).click();
        await expect(page.getByLabel(text.patches.size)).toBeVisible();
      },
    },
    {
      name: "new-project-classes",
      async go(page) {
        await next(page);
        await page.getByRole("button", { name: strings.taxonomy.presets }).click();
        await page.getByRole("menuitem").first().click();
        await expect(page.getByRole("menu")).toHaveCount(0);
      },
    },
    { name: "new-project-name", go: next },
  ];
}

/** Everything in a project that has a labelled round and a model. */
export function placesInProject(project: string): Place[] {
  return [
    {
      name: "label",
      async go(page) {
        await goToScreen(page, "label");
        await expect(focusedTile(page)).toBeVisible();
      },
    },
    {
      name: "reasons",
      async go(page) {
        await page.keyboard.press("KeyI");
      },
    },
    {
      name: "patch",
      async go(page) {
        await page.keyboard.press("KeyG");
        await expect(page.getByText(strings.large.profile)).toBeVisible();
      },
    },
    {
      name: "patches",
      async go(page) {
        await page.keyboard.press("KeyG");
        await page.keyboard.press("KeyI");
        await goToScreen(page, "patches");
        await expect(focusedTile(page)).toBeVisible();
      },
    },
    {
      name: "composites",
      over: "menu",
      async go(page) {
        await page.getByRole("button", { name: strings.view.composite("") }).click();
        await expect(page.getByRole("menuitem", { name: strings.view.editCustom })).toBeVisible();
      },
    },
    {
      name: "look",
      over: "dialog",
      async go(page) {
        await page.getByRole("menuitem", { name: /^NDVI/ }).click();
        await page.keyboard.press("KeyL");
        await expect(page.getByRole("dialog", { name: strings.look.title })).toContainText("−1 to 1");
      },
    },
    {
      name: "progress",
      async go(page) {
        await closeDialog(page);
        await goToScreen(page, "progress");
        await expect(page.getByRole("heading", { name: strings.progress.rounds, exact: true })).toBeVisible();
      },
    },
    {
      name: "keys",
      over: "dialog",
      async go(page) {
        await page.getByRole("button", { name: strings.header.keys }).click();
        await expect(page.getByRole("dialog", { name: strings.help.title })).toBeVisible();
      },
    },
    {
      name: "next-round",
      over: "dialog",
      async go(page) {
        await closeDialog(page);
        await goToScreen(page, "label");
        await page.keyboard.press("Shift+KeyN");
        const dialog = page.getByRole("dialog", { name: strings.round.dialogTitle });
        await expect(dialog.getByRole("button", { name: strings.round.start })).toBeEnabled();
      },
    },
    {
      name: "export",
      over: "dialog",
      async go(page) {
        await closeDialog(page);
        await chooseInProjectMenu(page, project, strings.project.export);
        await expect(page.getByRole("combobox", { name: strings.export.format })).toBeVisible();
      },
    },
    {
      name: "import",
      over: "dialog",
      async go(page) {
        await closeDialog(page);
        await chooseInProjectMenu(page, project, strings.project.import);
        await expect(page.getByRole("dialog", { name: strings.import.title })).toBeVisible();
      },
    },
    ...(["general", "classes", "imagery", "splits"] as const).map(
      (tab): Place => ({
        name: `settings-${tab}`,
        over: "dialog",
        async go(page) {
          if (tab === "general") {
            await closeDialog(page);
            await chooseInProjectMenu(page, project, strings.project.settings);
          }
          await page.getByRole("tab", { name: strings.settings[tab], exact: true }).click();
          await expect(
            page.getByRole("tabpanel", { name: strings.settings[tab], exact: true }),
          ).toBeVisible();
          if (tab === "splits")
            await expect(page.getByRole("img", { name: /^Map of the patches/ })).toBeVisible();
        },
      }),
    ),
    {
      name: "project-menu",
      over: "menu",
      async go(page) {
        await closeDialog(page);
        await page.getByRole("button", { name: strings.project.menu(project) }).click();
        await expect(page.getByRole("menuitem", { name: strings.project.close })).toBeVisible();
      },
    },
  ];
}

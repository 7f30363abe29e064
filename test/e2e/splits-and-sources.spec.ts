import { rename } from "node:fs/promises";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import Database from "better-sqlite3";
import { strings } from "../../src/renderer/strings.ts";
import { chooseInProjectMenu, focusedTile } from "./support/analyst.ts";
import { type App, expect, test } from "./support/app-test.ts";

test.use({ startWith: "small" });

const { splitting, sources } = strings;

async function openSettings(page: Page, tab: "imagery" | "splits"): Promise<Locator> {
  await chooseInProjectMenu(page, "Small", strings.project.settings);
  const dialog = page.getByRole("dialog", { name: strings.settings.title });
  await dialog.getByRole("tab", { name: strings.settings.general }).focus();
  const wanted = dialog.getByRole("tab", { name: strings.settings[tab], exact: true });
  while ((await wanted.getAttribute("aria-selected")) !== "true") await page.keyboard.press("ArrowRight");
  return dialog;
}

/** Patches of each split, as the project's file says. */
function splitsOf({ folder }: App): Record<string, number> {
  const database = new Database(join(folder, "small.fieldmark", "project.sqlite"), { readonly: true });
  try {
    return Object.fromEntries(
      database
        .prepare<[], { split: string; patches: number }>(
          "SELECT coalesce(split, 'none') AS split, count(*) AS patches FROM patch GROUP BY split",
        )
        .all()
        .map(({ split, patches }) => [split, patches]),
    );
  } finally {
    database.close();
  }
}

/** The count beside a split in the preview's legend. */
async function counted(dialog: Locator, split: "pool" | "val" | "test"): Promise<number> {
  const entry = dialog.getByRole("term").filter({ hasText: strings.splits[split] });
  return Number(/^\d+/.exec((await entry.locator("+ dd").textContent()) ?? "")?.[0]);
}

test("splits are seen before they are drawn, and what they mean is agreed to", async ({ app }) => {
  const { page } = app;
  const dialog = await openSettings(page, "splits");
  await expect(dialog.getByText(splitting.none)).toBeVisible();
  const draw = dialog.getByRole("button", { name: splitting.draw });
  await expect(draw).toBeEnabled();
  // Four scenes of 25 patches: whole scenes leak nothing, blocks inside them do.
  await expect(dialog.getByText(/^The splits leak/)).toBeVisible();

  await test.step("a project without labels: drawn at once", async () => {
    await dialog.getByText(splitting.methods.scenes, { exact: true }).click();
    await expect(dialog.getByText(splitting.groups.scenes("4"))).toBeVisible();
    await expect(dialog.getByText(splitting.tight)).toBeVisible();
    await expect(draw).toBeEnabled();
    const shown = {
      pool: await counted(dialog, "pool"),
      val: await counted(dialog, "val"),
      test: await counted(dialog, "test"),
    };
    expect(shown).toEqual({ pool: 50, val: 25, test: 25 });
    await draw.press("Enter");
    await expect(dialog.getByText(splitting.drawn)).toBeVisible();
    expect(splitsOf(app)).toEqual(shown);
  });

  await test.step("other splits: only after agreeing, by keyboard", async () => {
    await dialog.getByRole("textbox", { name: splitting.seed }).fill("7");
    await dialog.getByText(splitting.methods.blocks, { exact: true }).click();
    const agree = dialog.getByRole("checkbox", { name: splitting.understood });
    await expect(agree).toBeVisible();
    await expect(draw).toBeDisabled();
    await dialog.getByRole("switch", { name: splitting.gap }).press("Space");
    await expect(dialog.getByText(splitting.tight, { exact: true })).toBeVisible();
    await agree.press("Space");
    await draw.press("Enter");
    await expect(dialog.getByText(splitting.drawn)).toBeVisible();
    const { none = 0, ...rest } = splitsOf(app);
    expect(none).toBeGreaterThan(0);
    expect(Object.keys(rest).sort()).toEqual(["pool", "test", "val"]);
  });
});

test("imagery that was moved is missed, looked for and found again", async ({ app }) => {
  const { page, folder } = app;
  await expect(page.getByText(strings.round.firstTitle)).toBeVisible();
  await rename(join(folder, "archive"), join(folder, "elsewhere"));
  await page.reload();
  const banner = page.getByRole("status").filter({ hasText: sources.banner(join(folder, "archive")) });
  await expect(banner).toBeVisible();

  await banner.getByRole("button", { name: sources.relocate }).press("Enter");
  const settings = page.getByRole("dialog", { name: strings.settings.title });
  await expect(settings.getByText(sources.state.missing)).toBeVisible();
  await settings.getByRole("button", { name: sources.relocate }).press("Enter");
  const dialog = page.getByRole("dialog", { name: sources.relocateTitle });
  const field = dialog.getByRole("textbox", { name: strings.newProject.folder });

  await test.step("a folder with something else is refused", async () => {
    await expect(field).toBeFocused();
    await field.fill(join(folder, "home"));
    await field.press("Enter");
    await expect(dialog.getByText(/Nothing was changed/)).toBeVisible();
  });
  await test.step("the right one is taken, and the pictures are there", async () => {
    await field.fill(join(folder, "elsewhere"));
    await field.press("Enter");
    await expect(dialog).toBeHidden();
    await expect(settings.getByText(join(folder, "elsewhere"), { exact: true })).toBeVisible();
    await settings.getByRole("button", { name: sources.check }).press("Enter");
    await expect(settings.getByText(sources.unchanged("4"))).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(banner).toBeHidden();
    await page.getByRole("button", { name: strings.header.screen.patches, exact: true }).click();
    const picture = focusedTile(page).locator("img");
    await expect
      .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBeGreaterThan(0);
  });
});

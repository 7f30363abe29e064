import { expect, type Page } from "@playwright/test";
import { strings } from "../../src/renderer/strings.ts";
import { focusedTile, labelByKeyboard } from "../../test/e2e/support/analyst.ts";
import { type Place, placesBeforeProject, placesInProject } from "../../test/e2e/support/screens.ts";
import type { OpenDemo } from "./open-demo.ts";

/** Patches of the open round that are labelled in the pictures. */
const LABELLED = 7;

type Scheme = "light" | "dark";

/** Places that are shown, with the schemes that they are shown in. */
const SHOWN: Readonly<Record<string, readonly Scheme[]>> = {
  start: ["light"],
  "new-project-imagery": ["light"],
  "new-project-patches": ["light"],
  "new-project-classes": ["light"],
  label: ["dark", "light"],
  patch: ["dark"],
  patches: ["light"],
  progress: ["light"],
  keys: ["light"],
  "next-round": ["dark"],
  export: ["light"],
};

/** Goes through the application; `take` writes a picture of what is on screen. */
export async function takeShots(
  page: Page,
  demo: Pick<OpenDemo, "folder" | "truth" | "classNames">,
  take: (name: string) => Promise<void>,
): Promise<void> {
  async function show({ name, go }: Place): Promise<void> {
    await go(page);
    const schemes = SHOWN[name] ?? [];
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      await take(schemes.length > 1 ? `${name}-${colorScheme}` : name);
    }
  }

  await expect(focusedTile(page)).toBeVisible();
  await labelByKeyboard(page, demo.truth, demo.classNames, LABELLED);
  for (const place of placesInProject("Demo")) await show(place);
  await page.getByRole("menuitem", { name: strings.project.close }).click();
  for (const place of placesBeforeProject(demo.folder)) await show(place);
}

import { expect, type Page } from "@playwright/test";
import { strings } from "../../src/renderer/strings.ts";
import { focusedTile, labelByKeyboard } from "../../test/e2e/support/analyst.ts";
import { placesBeforeProject, placesInProject } from "../../test/e2e/support/screens.ts";
import type { OpenDemo } from "./open-demo.ts";

/** Places that are shown, with the scheme that they are shown in. */
const IN_PROJECT: Readonly<Record<string, readonly ("light" | "dark")[]>> = {
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
  await expect(focusedTile(page)).toBeVisible();
  await labelByKeyboard(page, demo.truth, demo.classNames, 7);
  for (const { name, go } of placesInProject("Demo")) {
    await go(page);
    const schemes = IN_PROJECT[name] ?? [];
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      await take(schemes.length > 1 ? `${name}-${colorScheme}` : name);
    }
  }
  await page.getByRole("menuitem", { name: strings.project.close }).click();
  await page.emulateMedia({ colorScheme: "light" });
  for (const { name, go } of placesBeforeProject(demo.folder)) {
    await go(page);
    await take(name);
  }
}

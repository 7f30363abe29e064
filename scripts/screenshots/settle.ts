import type { Page } from "@playwright/test";

/** Waits until a page has all its pictures and has not changed for a while. */
export async function settle(page: Page): Promise<void> {
  await page.waitForFunction(() => Array.from(document.images).every((image) => image.complete));
  await page.evaluate(async () => {
    // A ring on the last tab that was clicked would draw the eye there.
    const { activeElement } = document;
    if (activeElement instanceof HTMLElement && activeElement.closest("header")) activeElement.blur();
    await new Promise<void>((resolve) => {
      let timer = setTimeout(finish, 500);
      const observer = new MutationObserver(() => {
        clearTimeout(timer);
        timer = setTimeout(finish, 500);
      });
      function finish(): void {
        observer.disconnect();
        resolve();
      }
      observer.observe(document.body, {
        subtree: true,
        childList: true,
        attributes: true,
        characterData: true,
      });
    });
  });
}

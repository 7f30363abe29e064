import type { Page } from "@playwright/test";

/** Where the pictures say that the archive lies. */
const SHOWN_FOLDER = "/home/ana";
const SHOWN_TIME = "2026-05-04T09:30:00.000Z";

/**
 * Makes the page say the same on every machine and day: where the demo lies, and when it was labelled. Call it
 * before loading.
 * @returns what the page calls a path in the demo's folder
 */
export async function polish(page: Page, folder: string): Promise<(path: string) => string> {
  await page.routeWebSocket(/\/rpc$/, (line) => {
    const application = line.connectToServer();
    line.onMessage((message) => application.send(message.toString().replaceAll(SHOWN_FOLDER, folder)));
    application.onMessage((message) =>
      line.send(
        message
          .toString()
          .replaceAll(folder, SHOWN_FOLDER)
          .replaceAll(/"20\d\d-\d\d-\d\dT[\d:.]+Z"/g, JSON.stringify(SHOWN_TIME)),
      ),
    );
  });
  return (path) => path.replace(folder, SHOWN_FOLDER);
}

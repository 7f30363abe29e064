import { join } from "node:path";
import type { Locator, WebSocketRoute } from "@playwright/test";
import { strings } from "../../src/renderer/strings.ts";
import { commandOf, processTree } from "../main/no-network/sockets.ts";
import { classKey, labelByKeyboard, nextRound, roundCount } from "./support/analyst.ts";
import { type App, expect, test } from "./support/app-test.ts";
import { smallTruth } from "./support/demo-projects.ts";
import { readProjectFile } from "./support/project-file.ts";

test.use({ startWith: "small" });
test.skip(process.platform !== "linux", "other systems have no /proc to find the engine's process in");

/** Processes of the learning engine that run now. */
function enginesOf({ host }: App): number[] {
  return processTree(host.pid).filter((pid) => commandOf(pid).includes("/engine/entry.ts"));
}

/** Stops the engine where it is, or ends it as a crash would. */
function signalEngine(app: App, signal: "SIGSTOP" | "SIGKILL"): void {
  for (const pid of enginesOf(app)) process.kill(pid, signal);
}

/** Opens the dialog of the next round and returns its start button. */
async function prepareRound({ page }: App): Promise<Locator> {
  await page.keyboard.press("Shift+KeyN");
  const start = page
    .getByRole("dialog", { name: strings.round.dialogTitle })
    .getByRole("button", { name: strings.round.start });
  await expect(start).toBeEnabled();
  return start;
}

test("an engine that is killed at work costs no label and starts again by itself", async ({ app }) => {
  const { page, folder } = app;
  const { truth, classNames } = await smallTruth(folder);
  const project = join(folder, "small.fieldmark");
  await nextRound(page, 0, { budget: 8 });
  const labelled = await labelByKeyboard(page, truth, classNames);
  await expect.poll(() => readProjectFile(project).confirmed.size).toBe(labelled.length);
  const before = readProjectFile(project);

  await test.step("killed once: the round arrives all the same", async () => {
    const start = await prepareRound(app);
    expect(enginesOf(app)).toHaveLength(1);
    // Held up, so that it is surely at work when it is killed.
    signalEngine(app, "SIGSTOP");
    await start.click();
    await expect(page.getByRole("status").filter({ hasText: strings.round.number(1) })).toBeVisible();
    signalEngine(app, "SIGKILL");
    await expect(roundCount(page).locator("..")).toContainText(strings.round.number(1), { timeout: 60_000 });
    expect(readProjectFile(project).confirmed).toEqual(before.confirmed);
    expect([...before.confirmed.keys()].sort()).toEqual(labelled.toSorted());
  });

  await test.step("killed whenever it comes up: a sentence, while labelling goes on", async () => {
    await labelByKeyboard(page, truth, classNames, 2);
    const start = await prepareRound(app);
    const killing = setInterval(() => signalEngine(app, "SIGKILL"), 20);
    try {
      await start.click();
      await expect(page.getByText(/stopped twice .*All labels are safe/s)).toBeVisible({ timeout: 30_000 });
    } finally {
      clearInterval(killing);
    }
    await labelByKeyboard(page, truth, classNames);
    const { rounds } = readProjectFile(project);
    expect(rounds).toHaveLength(2);
    await expect
      .poll(() => readProjectFile(project).confirmed.size)
      .toBe(labelled.length + (rounds[1]?.length ?? 0));
  });

  await test.step("the next try works", async () => {
    await nextRound(page, 2);
    expect(readProjectFile(project).rounds).toHaveLength(3);
    expect(enginesOf(app)).toHaveLength(1);
  });
});

test("labels that are set while the connection is away are sent when it is back", async ({ app }) => {
  const { page, folder } = app;
  const { classNames } = await smallTruth(folder);
  const project = join(folder, "small.fieldmark");
  let isAway = false;
  const lines = new Set<WebSocketRoute>();
  await page.routeWebSocket(/\/rpc$/, (line) => {
    if (isAway) return void line.close();
    line.connectToServer();
    lines.add(line);
  });
  await page.reload();
  await expect(page.getByRole("heading", { name: strings.round.firstTitle })).toBeVisible();
  await nextRound(page, 0, { budget: 8 });

  isAway = true;
  for (const line of lines) await line.close();
  await page.keyboard.press(classKey(classNames, "Water"));
  await page.keyboard.press("Space");
  await expect(page.getByText(strings.connection.lost)).toBeVisible();
  expect(readProjectFile(project).confirmed.size).toBe(0);
  const asksBeforeLeaving = () =>
    page.evaluate(() => !window.dispatchEvent(new Event("beforeunload", { cancelable: true })));
  expect(await asksBeforeLeaving()).toBe(true);

  isAway = false;
  await expect.poll(() => readProjectFile(project).confirmed.size).toBe(1);
  await expect(roundCount(page)).toHaveText(strings.round.done("1", "8"));
  await expect(page.getByText(strings.connection.lost)).toBeHidden();
  await expect.poll(asksBeforeLeaving).toBe(false);
  const [states] = readProjectFile(project).confirmed.values();
  expect(states?.get("Water")).toBe("present");
});

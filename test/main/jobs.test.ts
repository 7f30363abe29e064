import { expect, it } from "vitest";
import { createJobs } from "../../src/main/jobs.ts";
import type { Job } from "../../src/shared/contracts/app.ts";
import { FieldmarkError, throwIfCancelled } from "../../src/shared/errors.ts";

function setUp() {
  const events: Job[] = [];
  return { events, jobs: createJobs((job) => events.push(job)) };
}

const REQUEST = { kind: "train", title: "Training" } as const;

it("tells how a job goes and ends", async () => {
  const { events, jobs } = setUp();
  const id = jobs.start(REQUEST, async ({ progress }) => {
    progress({ done: 1, total: 4, message: "Epochs" });
    return { message: "Done.", output: "/out" };
  });
  const ended = await jobs.finished(id);
  expect(ended).toMatchObject({
    state: "done",
    message: "Done.",
    output: "/out",
    error: null,
    done: 1,
    total: 4,
  });
  expect(events.map(({ state, message }) => [state, message])).toEqual([
    ["running", ""],
    ["running", "Epochs"],
    ["done", "Done."],
  ]);
  jobs.dismiss(id);
  expect(jobs.list()).toEqual([]);
});

it("keeps the code and the sentence of a failure", async () => {
  const { jobs } = setUp();
  const id = jobs.start(REQUEST, async () => {
    throw new FieldmarkError("no-labels", "There are no labels.");
  });
  expect(await jobs.finished(id)).toMatchObject({
    state: "failed",
    error: { code: "no-labels", message: "There are no labels." },
  });
});

it("cancels, and a cancelled job is no failure", async () => {
  const { jobs } = setUp();
  const id = jobs.start(REQUEST, async ({ signal }) => {
    for (;;) {
      throwIfCancelled(signal);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  });
  expect(jobs.cancel(id)).toBe(true);
  expect(await jobs.finished(id)).toMatchObject({ state: "cancelled", error: null });
  expect(jobs.cancel(id)).toBe(false);
});

it("refuses a second job in the same lane, but not in another", async () => {
  const { jobs } = setUp();
  const gate = Promise.withResolvers<{ message: string }>();
  const first = jobs.start({ ...REQUEST, lane: "learning" }, () => gate.promise);
  expect(() => jobs.start({ ...REQUEST, lane: "learning" }, () => gate.promise)).toThrow(
    /"Training" is still running/,
  );
  const other = jobs.start({ ...REQUEST, lane: "scan" }, () => gate.promise);
  gate.resolve({ message: "" });
  await Promise.all([jobs.finished(first), jobs.finished(other)]);
  jobs.start({ ...REQUEST, lane: "learning" }, async () => ({ message: "" }));
});

it("waits for all when it cancels all", async () => {
  const { jobs } = setUp();
  jobs.start(
    REQUEST,
    ({ signal }) =>
      new Promise((_, reject) => signal?.addEventListener("abort", () => reject(new Error("stopped")))),
  );
  await jobs.cancelAll();
  expect(jobs.list().map(({ state }) => state)).toEqual(["cancelled"]);
});

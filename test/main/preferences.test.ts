import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createPreferencesStore } from "../../src/main/preferences.ts";
import { temporaryFolder } from "./fixture.ts";

it("remembers across starts", async () => {
  const folder = join(temporaryFolder(), "config");
  await createPreferencesStore(folder).set({ annotator: "ana", colorScheme: "dark" });
  expect(createPreferencesStore(folder).get()).toMatchObject({ annotator: "ana", colorScheme: "dark" });
});

it("keeps recent projects once each, newest first, and forgets on demand", async () => {
  const preferences = createPreferencesStore(temporaryFolder());
  await preferences.remember("/a", "A");
  await preferences.remember("/b", "B");
  await preferences.remember("/a/", "A again");
  expect(preferences.get().recentProjects.map(({ folder, name }) => [folder, name])).toEqual([
    ["/a", "A again"],
    ["/b", "B"],
  ]);
  expect((await preferences.forget("/b")).recentProjects).toHaveLength(1);
});

it("starts with the defaults when the file is damaged, and mends it at the next change", async () => {
  const folder = temporaryFolder();
  const file = join(folder, "preferences.json");
  writeFileSync(file, "{ not json");
  const preferences = createPreferencesStore(folder);
  expect(preferences.get().colorScheme).toBe("auto");
  await preferences.set({ annotator: "bo" });
  expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ annotator: "bo" });
});

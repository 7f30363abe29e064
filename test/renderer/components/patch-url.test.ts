import { describe, expect, it } from "vitest";
import { pictureSize, pictureVersion } from "../../../src/renderer/components/patch-url.ts";

describe("addresses of pictures", () => {
  it("come in few sizes, each at least as large as asked for", () => {
    expect(pictureSize(150, 1)).toBe(192);
    expect(pictureSize(150, 2)).toBe(384);
    expect(pictureSize(150, 3)).toBe(384);
    expect(pictureSize(5000, 1)).toBe(1024);
  });

  it("change with the project, its stretch and where its imagery is, and with nothing else", () => {
    const band = { name: "B04", min: 0, max: 9, mean: 1, standardDeviation: 1, p2: 1, p98: 8, count: 10 };
    const source = { id: 1, folder: "/imagery", available: true, scenes: 1, unreadable: [] };
    const project = { folder: "/a", bands: [band], sources: [source] };
    const version = pictureVersion(project);
    expect(pictureVersion({ ...project, bands: [{ ...band, mean: 2 }] })).toBe(version);
    expect(pictureVersion({ ...project, folder: "/b" })).not.toBe(version);
    expect(pictureVersion({ ...project, bands: [{ ...band, p98: 9 }] })).not.toBe(version);
    expect(pictureVersion({ ...project, sources: [{ ...source, available: false }] })).not.toBe(version);
  });
});

import { describe, expect, it } from "vitest";
import { patchUrl, pictureSize, pictureVersion } from "../../../src/renderer/components/patch-url.ts";

describe("addresses of pictures", () => {
  it("hold what is painted", () => {
    expect(patchUrl("tile://patches", 7, { composite: "ndvi", size: 192 }, "v1")).toBe(
      "tile://patches/patch/7?composite=ndvi&size=192&v=v1",
    );
    const custom = { bands: ["B08", "B04", "B03"], stretch: "patch" as const, gamma: 1.2 };
    const url = new URL(
      patchUrl("http://localhost/tile", 7, { composite: "custom", custom, size: 96 }, "v1"),
    );
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      composite: "custom",
      bands: "B08,B04,B03",
      stretch: "patch",
      gamma: "1.2",
    });
  });

  it("come in few sizes, each at least as large as asked for", () => {
    expect(pictureSize(150, 1)).toBe(192);
    expect(pictureSize(150, 2)).toBe(384);
    expect(pictureSize(150, 3)).toBe(384);
    expect(pictureSize(5000, 1)).toBe(1024);
  });

  it("change with the project and its stretch, and with nothing else", () => {
    const band = { name: "B04", min: 0, max: 9, mean: 1, standardDeviation: 1, p2: 1, p98: 8, count: 10 };
    const version = pictureVersion({ folder: "/a", bands: [band] });
    expect(pictureVersion({ folder: "/a", bands: [{ ...band, mean: 2 }] })).toBe(version);
    expect(pictureVersion({ folder: "/b", bands: [band] })).not.toBe(version);
    expect(pictureVersion({ folder: "/a", bands: [{ ...band, p98: 9 }] })).not.toBe(version);
  });
});

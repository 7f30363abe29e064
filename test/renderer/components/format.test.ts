import { describe, expect, it } from "vitest";
import { breadcrumbs } from "../../../src/renderer/components/breadcrumbs.ts";
import {
  baseName,
  bytes,
  coordinates,
  duration,
  limit,
  number,
  parentFolder,
  percent,
  sample,
} from "../../../src/renderer/components/format.ts";

describe("numbers as they are shown", () => {
  it("shares, counts, sizes", () => {
    expect([percent(0.7345), percent(1, 0), percent(null)]).toEqual(["73.5 %", "100 %", "–"]);
    expect(number(100_000)).toBe("100,000");
    expect([0, 999, 1000, 1_536_000, 274_000_000].map(bytes)).toEqual([
      "0 B",
      "999 B",
      "1.0 kB",
      "1.5 MB",
      "274 MB",
    ]);
  });

  it("ends of ranges, without digits that say nothing", () => {
    expect([-1, 0, 0.25, 1 / 3, 212, 1834.4, 12.46, -9999].map(limit)).toEqual([
      "−1",
      "0",
      "0.25",
      "0.333",
      "212",
      "1834",
      "12.5",
      "−9999",
    ]);
  });

  it("times, from moments to hours", () => {
    expect([2, 40, 89, 90, 200, 4800].map(duration)).toEqual([
      "a few seconds",
      "40 s",
      "89 s",
      "2 min",
      "3 min",
      "1 h 20 min",
    ]);
  });

  it("sample values with the digits that tell them apart", () => {
    expect([0, 1834.2, 12.44, 0.03123, -250.7].map(sample)).toEqual([
      "0",
      "1834",
      "12.4",
      "0.0312",
      "-250.7",
    ]);
  });

  it("coordinates with their hemispheres", () => {
    expect(coordinates([16.3738, 48.2082])).toBe("48.20820° N, 16.37380° E");
    expect(coordinates([-70.65, -33.45])).toBe("33.45000° S, 70.65000° W");
  });
});

describe("paths", () => {
  it("are taken apart on every system", () => {
    expect(breadcrumbs("/home/ada")).toEqual([
      { name: "/", path: "/" },
      { name: "home", path: "/home" },
      { name: "ada", path: "/home/ada" },
    ]);
    expect(breadcrumbs("C:\\data\\2025").map(({ path }) => path)).toEqual([
      "C:\\",
      "C:\\data",
      "C:\\data\\2025",
    ]);
    expect(breadcrumbs("\\\\server\\share\\x").map(({ path }) => path)).toEqual([
      "\\\\server\\share\\",
      "\\\\server\\share\\x",
    ]);
    expect(breadcrumbs("/")).toEqual([{ name: "/", path: "/" }]);
  });

  it("end in a name", () => {
    expect(["/data/valley/", "C:\\data\\coast", "x"].map(baseName)).toEqual(["valley", "coast", "x"]);
  });

  it("lie in a folder, up to the topmost one", () => {
    const above = (folder: string) => {
      const all: string[] = [];
      for (let at = folder; !all.includes(at); at = parentFolder(at)) all.push(at);
      return all.slice(1);
    };
    expect(above("/data/valley/x")).toEqual(["/data/valley", "/data", "/"]);
    expect(above("C:\\data\\coast\\")).toEqual(["C:\\data", "C:\\"]);
    expect(above("relative")).toEqual([]);
  });
});

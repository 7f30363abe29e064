import { describe, expect, it } from "vitest";
import { linkIn } from "../../../scripts/starting/open-browser.ts";
import { findOpener } from "../../../scripts/starting/opener.ts";

describe("linkIn", () => {
  it("finds the serve host's link and nothing else", () => {
    expect(linkIn("Fieldmark is at http://127.0.0.1:40123/?token=abc_-1")).toBe(
      "http://127.0.0.1:40123/?token=abc_-1",
    );
    expect(linkIn("see https://example.org/")).toBeNull();
    expect(linkIn("http://example.org:80/")).toBeNull();
  });
});

describe("findOpener", () => {
  it("opens a browser only where there is a display", () => {
    expect(findOpener("linux", {})).toBeNull();
    expect(findOpener("linux", { DISPLAY: ":0" })?.program).toBe("xdg-open");
    expect(findOpener("linux", { WAYLAND_DISPLAY: "wayland-0" })?.program).toBe("xdg-open");
    expect(findOpener("darwin", {})?.program).toBe("open");
    expect(findOpener("win32", {})?.args).toEqual(["/c", "start", ""]);
  });
});

import { describe, expect, test } from "vitest";
import {
  COLOR_MAP_IDS,
  type ColorMapId,
  colorTable,
  isDiverging,
} from "../../../src/shared/display/color-maps.ts";

function colorAt(id: ColorMapId, step: number): string {
  return Array.from(colorTable(id).subarray(3 * step, 3 * step + 3), (value) =>
    value.toString(16).padStart(2, "0"),
  ).join("");
}

/** Relative luminance (WCAG 2.2). */
function luminance(id: ColorMapId, step: number): number {
  const [red = 0, green = 0, blue = 0] = Array.from(
    colorTable(id).subarray(3 * step, 3 * step + 3),
    (value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    },
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test("grey is the identity", () => {
  for (const step of [0, 1, 127, 254, 255]) {
    expect([...colorTable("grey").subarray(3 * step, 3 * step + 3)]).toEqual([step, step, step]);
  }
});

/** Colours of the published tables (entries of 256, rounded to 8 bits), most of them not among the stops. */
const PUBLISHED: Partial<Record<ColorMapId, Readonly<Record<number, string>>>> = {
  viridis: { 0: "440154", 25: "482475", 102: "2a788e", 153: "22a884", 204: "7ad151", 255: "fde725" },
  magma: { 0: "000004", 51: "3b0f70", 102: "8c2981", 153: "de4968", 204: "fe9f6d", 255: "fcfdbf" },
  cividis: { 0: "00224e", 64: "434e6c", 191: "bbad6c", 255: "fee838" },
};

describe.each(Object.entries(PUBLISHED))("%s", (id, colors) => {
  test("is the published one, to two counts", () => {
    for (const [step, published] of Object.entries(colors)) {
      const made = colorAt(id as ColorMapId, Number(step));
      for (const at of [0, 2, 4]) {
        const difference =
          Number.parseInt(made.slice(at, at + 2), 16) - Number.parseInt(published.slice(at, at + 2), 16);
        expect(Math.abs(difference), `${step}: ${made} for ${published}`).toBeLessThanOrEqual(2);
      }
    }
  });

  test("grows lighter all the way, so that it can be read without colours", () => {
    for (let step = 8; step < 256; step += 8) {
      expect(luminance(id as ColorMapId, step)).toBeGreaterThan(luminance(id as ColorMapId, step - 8));
    }
  });
});

test("diverging maps are light in the middle and dark at both ends", () => {
  for (const id of COLOR_MAP_IDS.filter(isDiverging)) {
    const middle = luminance(id, 130);
    expect(middle).toBeGreaterThan(0.6);
    for (const end of [0, 255]) expect(luminance(id, end)).toBeLessThan(0.1);
  }
});

import { decode, encode } from "fast-png";
import { describe, expect, it } from "vitest";
import { paletted } from "../../../scripts/screenshots/paletted.ts";

/** Decodes an indexed PNG back to red, green and blue. */
function colorsOf(png: Uint8Array): number[][] {
  const { data, palette, channels } = decode(png);
  expect(channels).toBe(1);
  return Array.from(data, (index) => [...(palette?.[index] ?? [])].slice(0, 3));
}

function picture(width: number, height: number, color: (x: number, y: number) => readonly number[]) {
  const data = new Uint8Array(
    Array.from({ length: width * height }, (_, at) => [...color(at % width, Math.floor(at / width))]).flat(),
  );
  return { png: encode({ width, height, data, channels: 3, depth: 8 }), data };
}

describe("paletted", () => {
  it("keeps a picture of few colours as it is", () => {
    const { png, data } = picture(40, 30, (x, y) => [(x % 4) * 60, (y % 3) * 90, 200]);
    expect(colorsOf(paletted(png)).flat()).toEqual([...data]);
  });

  it("keeps frequent colours exactly, and comes near all others", () => {
    // Half interface, half a smooth field of 32 × 32 × 4 colours.
    const { png, data } = picture(128, 128, (x, y) =>
      y < 64 ? [239, 240, 241] : [x * 2, (y - 64) * 4, 128],
    );
    const colors = colorsOf(paletted(png));
    colors.forEach((color, at) => {
      const wanted = [...data.slice(3 * at, 3 * at + 3)];
      const error = Math.max(...color.map((value, channel) => Math.abs(value - (wanted[channel] ?? 0))));
      expect(error).toBeLessThanOrEqual(at < 128 * 64 ? 0 : 16);
    });
  });
});

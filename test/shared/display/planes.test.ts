import { describe, expect, test } from "vitest";
import { decodePlanes, encodePlanes, planeSampleType } from "../../../src/shared/display/planes.ts";
import { createRandom } from "../../../src/shared/random.ts";

const SIZES = [
  [1, 1],
  [3, 5],
  [64, 64],
] as const;

function planesOf(width: number, height: number, most: number): Float32Array[] {
  const random = createRandom(`${width} ${most}`);
  return [0, 1, 2].map(() => Float32Array.from({ length: width * height }, () => random.integer(most + 1)));
}

describe.each(SIZES)("%i × %i pixels", (width, height) => {
  test.each([
    ["uint8", 255],
    ["uint16", 65535],
    ["float32", 2 ** 24],
  ] as const)("of %s come back", (sampleType, most) => {
    const planes = planesOf(width, height, most);
    for (const valid of [null, Uint8Array.from({ length: width * height }, (_, i) => i % 2)]) {
      const content = { width, height, bands: ["B04", "Blue, 490 nm", "Höhe"], sampleType, planes, valid };
      const decoded = decodePlanes(encodePlanes(content).buffer);
      expect(decoded).toMatchObject({ width, height, bands: content.bands, sampleType });
      expect(decoded.planes.map((plane) => [...plane])).toEqual(planes.map((plane) => [...plane]));
      expect(decoded.valid).toEqual(valid);
    }
  });
});

test("bytes lie as the format says", () => {
  const bytes = encodePlanes({
    width: 3,
    height: 1,
    bands: ["a", "b"],
    sampleType: "uint16",
    planes: [Float32Array.of(1, 2, 258), Float32Array.of(3, 4, 5)],
    valid: Uint8Array.of(1, 0, 1),
  });
  const text = new TextDecoder().decode(bytes);
  expect(text.slice(0, 4)).toBe("FMR1");
  const length = new DataView(bytes.buffer).getUint32(4, true);
  expect(length % 4).toBe(0);
  expect(JSON.parse(text.slice(8, 8 + length))).toEqual({
    width: 3,
    height: 1,
    bands: ["a", "b"],
    sampleType: "uint16",
    hasValidity: true,
  });
  // Little-endian, each plane filled to a multiple of four bytes, then the validity.
  expect([...bytes.subarray(8 + length)]).toEqual([1, 0, 2, 0, 2, 1, 0, 0, 3, 0, 4, 0, 5, 0, 0, 0, 1, 0, 1]);
});

test("means of integers are rounded, NaN is 0 where no float can say so", () => {
  const planes = [Float32Array.of(1.49, 1.5, Number.NaN)];
  const content = { width: 3, height: 1, bands: ["a"], planes, valid: null };
  expect([
    ...(decodePlanes(encodePlanes({ ...content, sampleType: "uint8" }).buffer).planes[0] ?? []),
  ]).toEqual([1, 2, 0]);
  expect([
    ...(decodePlanes(encodePlanes({ ...content, sampleType: "float32" }).buffer).planes[0] ?? []),
  ]).toEqual([...Float32Array.of(1.49, 1.5, Number.NaN)]);
});

test("types that fit none of the integers go as floats", () => {
  expect(["uint8", "uint16", "int16", "uint32", "float64"].map(planeSampleType)).toEqual([
    "uint8",
    "uint16",
    "float32",
    "float32",
    "float32",
  ]);
});

describe("what is refused", () => {
  const whole = encodePlanes({
    width: 2,
    height: 2,
    bands: ["a"],
    sampleType: "uint8",
    planes: [Float32Array.of(1, 2, 3, 4)],
    valid: null,
  });
  const changed = (at: number, value: number) => {
    const copy = whole.slice();
    copy[at] = value;
    return copy.buffer;
  };
  test.each([
    ["nothing", new ArrayBuffer(0), /too short/],
    [
      "something else",
      new TextEncoder().encode("<html>no such picture").buffer,
      /begins with something else/,
    ],
    ["a cut reply", whole.slice(0, -1).buffer, /should have \d+ bytes/],
    ["more than there should be", new Uint8Array([...whole, 0]).buffer, /should have \d+ bytes/],
    ["a header that is too long", changed(6, 200), /header is longer/],
    ["a header that is no JSON", changed(8, 0x21), /not understood/],
  ])("%s", (_, buffer, reason) => {
    expect(() => decodePlanes(buffer as ArrayBuffer)).toThrow(reason);
  });
});

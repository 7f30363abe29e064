import { decode } from "fast-png";
import { expect, test } from "vitest";
import { encodePng } from "../../src/archive/png.ts";
import { createRandom } from "../../src/shared/random.ts";

function noise(width: number, height: number, opaque: boolean): Uint8Array {
  const random = createRandom(`png ${width} ${height}`);
  return Uint8Array.from({ length: width * height * 4 }, (_, i) =>
    opaque && i % 4 === 3 ? 255 : random.integer(256),
  );
}

test.each([
  [1, 1],
  [7, 3],
  [64, 64],
  [301, 1],
])("%i × %i pixels come back from another decoder", (width, height) => {
  const transparent = noise(width, height, false);
  transparent[3] = 0;
  const four = decode(encodePng({ width, height, rgba: transparent }), { checkCrc: true });
  expect(four).toMatchObject({ width, height, channels: 4, depth: 8 });
  expect(four.data).toEqual(transparent);

  const opaque = noise(width, height, true);
  const three = decode(encodePng({ width, height, rgba: opaque }), { checkCrc: true });
  expect(three).toMatchObject({ width, height, channels: 3, depth: 8 });
  expect(three.data).toEqual(opaque.filter((_, i) => i % 4 !== 3));
});

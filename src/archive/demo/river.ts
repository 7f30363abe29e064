import type { Random } from "../../shared/random.ts";
import { fractalNoise } from "./noise.ts";

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Beyond this distance in pixels nothing depends on the river any more. */
export const RIVER_REACH = 60;

/**
 * The centre line of a meandering river that crosses the scene from left to right, one point a pixel.
 * Its direction swings as the sine of the way along it, the sine-generated curve of Langbein and
 * Leopold (1966), with an amplitude and wavelength that wander.
 */
export function meander(width: number, height: number, radius: number, random: Random): Point[] {
  const points: Point[] = [];
  const longest = 12 * width;
  const wander = fractalNoise(longest, 1, { cell: 26 * radius, octaves: 3 }, random.fork("wander"));
  const pace = fractalNoise(longest, 1, { cell: 60 * radius }, random.fork("pace"));
  let x = -RIVER_REACH;
  let y = height * (0.35 + 0.3 * random.next());
  const home = y;
  let phase = random.next() * 2 * Math.PI;
  while (x < width + RIVER_REACH && points.length < longest) {
    const calm = pace[points.length]!;
    const swing = Math.max(0.25, Math.min(1.5, 0.95 + 0.5 * calm));
    const wavelength = radius * Math.max(20, 34 + 12 * calm);
    const pull = Math.max(-0.5, Math.min(0.5, (home - y) / (0.4 * height)));
    const direction = swing * Math.sin(phase) + 0.45 * wander[points.length]! + pull;
    x += Math.cos(direction);
    y += Math.sin(direction);
    phase += (2 * Math.PI) / wavelength;
    points.push({ x, y });
  }
  return points;
}

/** Distance in pixels of every pixel to the nearest point of a line, `RIVER_REACH` where it is farther. */
export function distanceToLine(width: number, height: number, line: readonly Point[]): Float32Array {
  const squared = new Float32Array(width * height).fill(RIVER_REACH * RIVER_REACH);
  for (const { x, y } of line) {
    const top = Math.max(0, Math.ceil(y - RIVER_REACH));
    const bottom = Math.min(height - 1, Math.floor(y + RIVER_REACH));
    const left = Math.max(0, Math.ceil(x - RIVER_REACH));
    const right = Math.min(width - 1, Math.floor(x + RIVER_REACH));
    for (let row = top; row <= bottom; row++) {
      const dy2 = (row - y) * (row - y);
      for (let column = left; column <= right; column++) {
        const d2 = dy2 + (column - x) * (column - x);
        const at = row * width + column;
        if (d2 < squared[at]!) squared[at] = d2;
      }
    }
  }
  return squared.map(Math.sqrt);
}

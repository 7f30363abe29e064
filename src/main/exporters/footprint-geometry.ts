/** Longitude and latitude in degrees. */
type Position = readonly [longitude: number, latitude: number];
type Ring = readonly Position[];

export type FootprintGeometry =
  | { readonly type: "Polygon"; readonly coordinates: readonly Ring[] }
  | { readonly type: "MultiPolygon"; readonly coordinates: readonly (readonly Ring[])[] };

const HALF_TURN = 180;
const TURN = 360;

/**
 * The GeoJSON geometry of a closed ring whose longitudes may go on beyond ±180°: cut in two at the 180° meridian
 * (RFC 7946, section 3.1.9), and drawn along that meridian to the pole where it goes around one.
 */
export function geometryOf(ring: Ring): FootprintGeometry {
  const first = ring[0];
  const last = ring.at(-1);
  if (first && last && Math.abs(last[0] - first[0]) > HALF_TURN) return aroundPole(ring);
  const meridian = [-HALF_TURN, HALF_TURN].find(
    (longitude) => ring.some(([x]) => x < longitude) && ring.some(([x]) => x > longitude),
  );
  if (meridian === undefined) return { type: "Polygon", coordinates: [ring] };
  const outside = meridian > 0 ? 1 : -1;
  const inner = cut(ring, meridian, -outside);
  const outer = cut(ring, meridian, outside).map(([x, y]): Position => [x - outside * TURN, y]);
  return { type: "MultiPolygon", coordinates: [[inner], [outer]] };
}

/** What of a ring lies on one side of a meridian: east of it for 1, west for −1 (Sutherland and Hodgman 1974). */
function cut(ring: Ring, meridian: number, side: number): Position[] {
  const kept: Position[] = [];
  for (const [index, point] of ring.slice(0, -1).entries()) {
    const next = ring[index + 1] as Position;
    const isInside = (point[0] - meridian) * side >= 0;
    if (isInside) kept.push(point);
    if (isInside !== (next[0] - meridian) * side >= 0)
      kept.push([meridian, latitudeAt(point, next, meridian)]);
  }
  return [...kept, kept[0] as Position];
}

function latitudeAt([x0, y0]: Position, [x1, y1]: Position, meridian: number): number {
  return y0 + ((meridian - x0) / (x1 - x0)) * (y1 - y0);
}

/** From the 180° meridian once around the pole, to the pole along the meridian, and back on its other side. */
function aroundPole(ring: Ring): FootprintGeometry {
  const eastwards = (ring.at(-1) as Position)[0] > (ring[0] as Position)[0] ? ring : ring.toReversed();
  const pole = (eastwards[0] as Position)[1] > 0 ? 90 : -90;
  const points = eastwards.slice(0, -1);
  const start = (points[0] as Position)[0];
  // The one place where the ring passes 180°, give or take whole turns.
  const crossing = HALF_TURN + TURN * Math.ceil((start - HALF_TURN) / TURN);
  const turned = [...points, ...points.map(([x, y]): Position => [x + TURN, y])];
  const after = turned.findIndex(([x]) => x > crossing);
  const latitude = latitudeAt(
    turned[after - 1] ?? (turned[after] as Position),
    turned[after] as Position,
    crossing,
  );
  const between = turned
    .slice(after, after + points.length)
    .map(([x, y]): Position => [x - crossing - HALF_TURN, y]);
  const outline: Position[] = [
    [-HALF_TURN, latitude],
    ...between,
    [HALF_TURN, latitude],
    [HALF_TURN, pole],
    [-HALF_TURN, pole],
    [-HALF_TURN, latitude],
  ];
  // Eastwards with the pole on the left is counter-clockwise in the north only.
  return { type: "Polygon", coordinates: [pole > 0 ? outline : outline.toReversed()] };
}

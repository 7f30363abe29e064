/** Mean radius of the Earth in metres (IUGG). */
const EARTH_RADIUS = 6_371_008.8;
const RADIANS = Math.PI / 180;

/**
 * Longitudes and latitudes in the sinusoidal projection (Snyder 1987, eq. 30-1 and 30-2, on the sphere), in
 * place: one equal-area plane for patches of all coordinate systems, in metres to within half a percent.
 *
 * @param points x and y in turn; degrees in, metres out
 * @param middle longitude in degrees near which the plane keeps shapes
 */
export function projectSinusoidal(points: Float64Array, middle: number): void {
  for (let at = 0; at < points.length; at += 2) {
    const latitude = points[at + 1]! * RADIANS;
    const east = (((points[at]! - middle + 540) % 360) - 180) * RADIANS;
    points[at] = EARTH_RADIUS * east * Math.cos(latitude);
    points[at + 1] = EARTH_RADIUS * latitude;
  }
}

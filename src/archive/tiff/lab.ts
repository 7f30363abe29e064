/** XYZ to linear sRGB (IEC 61966-2-1), rounded as in libtiff's display model. */
const MATRIX = [
  [3.241, -1.5374, -0.4986],
  [-0.9692, 1.876, 0.0416],
  [0.0556, -0.204, 1.057],
] as const;

const STEPS = 1500;
const DARKEST = 1;
const BRIGHTEST = 100;
const GAMMA = 2.4;

/**
 * 8-bit CIE L*a*b* (TIFF 6.0, section 23) to sRGB and an opaque alpha, with the display model of libtiff's RGBA interface: a gamma of 2.4
 * over luminances from 1 to 100.
 * @param white chromaticity (x, y) of the white point
 */
export function labConverter(
  white: readonly [number, number],
): (stored: Uint8Array, pixels: number, samples: number) => Uint8Array {
  const f = Math.fround;
  const [x0, y0, z0] = [f((white[0] / white[1]) * 100), 100, f(((1 - white[0] - white[1]) / white[1]) * 100)];
  const curve = Float32Array.from({ length: STEPS + 1 }, (_, step) => 255 * (step / STEPS) ** (1 / GAMMA));
  const stepSize = f((BRIGHTEST - DARKEST) / STEPS);
  const cube = (reference: number, value: number) =>
    value < f(0.2069)
      ? f((reference * (value - f(0.13793))) / f(7.787))
      : f(reference * value * value * value);

  return (stored, pixels, samples) => {
    const output = new Uint8Array(pixels * 4);
    for (let pixel = 0, from = 0; pixel < pixels; pixel++, from += samples) {
      const lightness = f((stored[from]! * 100) / 255);
      const a = (stored[from + 1]! << 24) >> 24;
      const b = (stored[from + 2]! << 24) >> 24;
      const dark = lightness < f(8.856);
      const y = dark ? f((lightness * y0) / f(903.292)) : f(y0 * f((lightness + 16) / 116) ** 3);
      const root = dark ? f(f(7.787) * f(y / y0) + 16 / 116) : f((lightness + 16) / 116);
      const x = cube(x0, f(f(a / 500) + root));
      const z = cube(z0, f(root - f(b / 200)));
      for (const [channel, row] of MATRIX.entries()) {
        const linear = f(row[0] * x + row[1] * y + row[2] * z);
        const clipped = Math.min(BRIGHTEST, Math.max(DARKEST, linear));
        const step = Math.min(STEPS, Math.trunc((clipped - DARKEST) / stepSize));
        output[pixel * 4 + channel] = Math.min(255, Math.trunc(curve[step]! + 0.5));
      }
      output[pixel * 4 + 3] = 255;
    }
    return output;
  };
}

import { z } from "zod";

/** One set of filters of one size at one scale of the image. */
export const bankSchema = z.object({
  /** Side of the filters in pixels of the shrunken image. */
  kernel: z.number().int().positive(),
  /** A multiple of `TURNS`. */
  filters: z.number().int().positive(),
  /** The image is shrunken by this factor first (area means). */
  shrink: z.number().int().positive(),
  stride: z.number().int().positive(),
});
export type Bank = z.infer<typeof bankSchema>;

/** Turns of a filter by a quarter circle; a bank holds every filter in all of them. */
export const TURNS = 4;

/** Fine texture, then ever larger structure; the shares of the filters that each takes. */
const LAYOUT = [
  { kernel: 5, share: 0.3, shrink: 1, stride: 2 },
  { kernel: 7, share: 0.3, shrink: 2, stride: 2 },
  { kernel: 9, share: 0.2, shrink: 2, stride: 2 },
  { kernel: 7, share: 0.2, shrink: 4, stride: 1 },
] as const;

/** Side of images from which on the fine bank skips every other position and the coarse ones shrink more. */
const LARGE_SIDE = 128;
/** Values of one filter (kernel² × bands) beyond which filters get smaller: whitening costs their cube. */
const LARGEST_FILTER = 400;
/** Positions that a bank's filters should at least have in each direction. */
const LEAST_POSITIONS = 4;

/** The banks for images of this side and number of bands. */
export function planBanks(filters: number, side: number, bands: number): Bank[] {
  return LAYOUT.map(({ kernel, share, shrink, stride }) => {
    const shrunken = Math.max(1, side < LARGE_SIDE ? Math.ceil(shrink / 2) : shrink);
    const smaller = Math.max(1, Math.floor(side / shrunken));
    return {
      kernel: fittingKernel(kernel, smaller, bands),
      filters: TURNS * Math.max(1, Math.round((filters * share) / TURNS)),
      shrink: shrunken,
      stride: side < LARGE_SIDE ? 1 : stride,
    };
  });
}

/** The largest odd kernel that is small enough for the image and for the whitening. */
function fittingKernel(wanted: number, side: number, bands: number): number {
  for (let kernel = wanted; kernel > 1; kernel -= 2) {
    if (kernel * kernel * bands <= LARGEST_FILTER && side - kernel + 1 >= Math.min(LEAST_POSITIONS, side)) {
      return kernel;
    }
  }
  return 1;
}

/** "fit", or screen pixels per pixel of the patch. */
export const ZOOMS = ["fit", 1, 2, 4, 8] as const;
export type Zoom = (typeof ZOOMS)[number];

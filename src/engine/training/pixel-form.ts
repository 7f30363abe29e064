import { z } from "zod";
import { bandScalingSchema } from "../encoders/band-scaling.ts";

/** What pixels go through before they enter a network: kept with the model. */
export const pixelFormSchema = z.object({
  /** Names of the bands, in the order of the channels. */
  bands: z.array(z.string()).min(1),
  /** Width and height in pixels after resampling. */
  side: z.number().int().positive(),
  scaling: bandScalingSchema,
});
export type PixelForm = z.infer<typeof pixelFormSchema>;

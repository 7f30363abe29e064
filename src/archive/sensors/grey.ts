import type { Sensor } from "./sensor.ts";

export const grey = {
  id: "grey",
  name: "One band",
  description: "A single band, shown in grey.",
  patchSize: 256,
  recognise: ({ names }) => (names.length === 1 ? [names[0] ?? "Grey"] : null),
} as const satisfies Sensor;

import { canonicalColorBand } from "./band-names.ts";
import type { Sensor } from "./sensor.ts";

/** Takes everything: bands go by their own names, else by number. */
export const unknown = {
  id: "unknown",
  name: "Other imagery",
  description: "Bands go by their names where they have one, else by number.",
  patchSize: 256,
  recognise(facts) {
    const taken = new Set<string>();
    return facts.names.map((name, band) => {
      const own = name === null ? null : (canonicalColorBand(name) ?? name);
      const plain = own === null || taken.has(own) ? `Band ${band + 1}` : own;
      // A band before it may itself be called "Band 2".
      let unique = plain;
      for (let count = 2; taken.has(unique); count++) unique = `${plain} (${count})`;
      taken.add(unique);
      return unique;
    });
  },
} as const satisfies Sensor;

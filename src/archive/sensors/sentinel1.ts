import { allNames, type Sensor } from "./sensor.ts";

const POLARISATION = /^(?:.*[_\-. ])?(?<polarisation>VV|VH|HH|HV)(?:[_\-. ]?(?:db|amplitude|intensity))?$/i;

function canonical(name: string): string | null {
  return POLARISATION.exec(name.trim())?.groups?.polarisation?.toUpperCase() ?? null;
}

/** Two polarisations of radar, by name. */
export const sentinel1 = {
  id: "sentinel1",
  name: "Sentinel-1",
  description: "Radar backscatter in two polarisations.",
  patchSize: 64,
  recognise(facts) {
    const names = allNames(facts, canonical);
    return names?.length === 2 && names[0] !== names[1] ? names : null;
  },
} as const satisfies Sensor;

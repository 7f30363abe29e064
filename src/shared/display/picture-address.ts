import { type Composite, compositeSchema, type Stretch } from "../domain/imagery.ts";

/*
 * Addresses at the image endpoint, below the host's image base; patches go by their id, never by a path:
 *
 *   /patch/ID    the painted picture, PNG
 *   /look/ID     how it is painted: ranges, gamma and colour map, JSON (`paintedLookSchema`)
 *   /planes/ID   raw band planes (`planes.ts`); `bands` lists names, all bands without it
 *
 * `size` is the longest side in pixels; nothing is ever enlarged. `v` makes the browser ask again where
 * pictures may look different; the endpoint does not read it.
 */

/** Band names in one parameter; a name of a file's own may hold a comma. */
function joinNames(names: readonly string[]): string {
  return names.map((name) => encodeURIComponent(name)).join(",");
}

/** @throws URIError for a broken escape */
function splitNames(text: string): string[] {
  return text.split(",").map((name) => decodeURIComponent(name));
}

function stretchParameters({ method, scope, low, high, deviations, limits }: Stretch): [string, string][] {
  switch (method) {
    case "percentile":
      return [
        ["stretch", method],
        ["scope", scope],
        ["low", String(low)],
        ["high", String(high)],
      ];
    case "min-max":
      return [
        ["stretch", method],
        ["scope", scope],
      ];
    case "deviation":
      return [
        ["stretch", method],
        ["scope", scope],
        ["deviations", String(deviations)],
      ];
    case "fixed":
      return [["stretch", method], ...(limits ? [["limits", limits.join(",")] as [string, string]] : [])];
  }
}

/** A composite as query parameters; what is as usual is left out. */
export function compositeParameters(composite: Composite): URLSearchParams {
  const query = new URLSearchParams({ composite: composite.id });
  if (composite.bands) query.set("bands", joinNames(composite.bands));
  if (composite.stretch) {
    for (const [name, value] of stretchParameters(composite.stretch)) query.set(name, value);
  }
  if (composite.gamma !== 1) query.set("gamma", String(composite.gamma));
  if (composite.colorMap) query.set("map", composite.colorMap);
  return query;
}

const EARLIER_STRETCHES: readonly string[] = ["project", "patch", "none"];

function readStretch(query: URLSearchParams): unknown {
  const method = query.get("stretch");
  if (method === null || EARLIER_STRETCHES.includes(method)) return method ?? undefined;
  const number = (name: string) => (query.has(name) ? { [name]: Number(query.get(name)) } : {});
  const limits = query.get("limits");
  return {
    method,
    ...(query.has("scope") ? { scope: query.get("scope") } : {}),
    ...number("low"),
    ...number("high"),
    ...number("deviations"),
    ...(limits === null ? {} : { limits: limits.split(",").map(Number) }),
  };
}

/** The composite that an address asks for; null where it can't be understood. */
export function readComposite(query: URLSearchParams): Composite | null {
  const bands = readBands(query);
  if (bands === null) return null;
  const stretch = readStretch(query);
  const parsed = compositeSchema.safeParse({
    id: query.get("composite") ?? "true-colour",
    ...(bands === undefined ? {} : { bands }),
    ...(stretch === undefined ? {} : { stretch }),
    ...(query.has("gamma") ? { gamma: Number(query.get("gamma")) } : {}),
    ...(query.has("map") ? { colorMap: query.get("map") } : {}),
  });
  return parsed.success ? parsed.data : null;
}

/** Undefined without such a parameter; null where it can't be understood. */
export function readBands(query: URLSearchParams): string[] | undefined | null {
  const text = query.get("bands");
  if (text === null) return undefined;
  try {
    return splitNames(text);
  } catch {
    return null;
  }
}

interface Shown {
  /** Longest side in pixels. */
  readonly size: number;
  /** Changes whenever the project's pictures may look different. */
  readonly version: string;
}

export function pictureAddress(base: string, patchId: number, composite: Composite, shown: Shown): string {
  const query = compositeParameters(composite);
  query.set("size", String(shown.size));
  query.set("v", shown.version);
  return `${base}/patch/${patchId}?${query}`;
}

export function lookAddress(base: string, patchId: number, composite: Composite, version: string): string {
  const query = compositeParameters(composite);
  query.set("v", version);
  return `${base}/look/${patchId}?${query}`;
}

/** @param bands in the wanted order; null = all that the patch has */
export function planesAddress(
  base: string,
  patchId: number,
  bands: readonly string[] | null,
  shown: Shown,
): string {
  const query = new URLSearchParams({
    ...(bands === null ? {} : { bands: joinNames(bands) }),
    size: String(shown.size),
    v: shown.version,
  });
  return `${base}/planes/${patchId}?${query}`;
}

import { join } from "node:path";
import { z } from "zod";
import { type ExportDataset, type ExportedPatch, samplingOf } from "./dataset.ts";
import type { Exporter } from "./exporter.ts";
import { geometryOf } from "./footprint-geometry.ts";
import { writeLines } from "./write-lines.ts";

const OWN_PROPERTIES = [
  "patch_id",
  "patch",
  "image",
  "x",
  "y",
  "width",
  "height",
  "split",
  "sampling",
  "round",
];

/** A class that has the name of one of our own properties is written as `class:NAME`. */
function propertyName(className: string): string {
  return OWN_PROPERTIES.includes(className) ? `class:${className}` : className;
}

function feature(patch: ExportedPatch, properties: readonly string[]): object {
  const labels = properties.map((name, position) => {
    const state = patch.states[position] ?? null;
    return [name, state === "present" ? 1 : state === "absent" ? 0 : null] as const;
  });
  return {
    type: "Feature",
    id: patch.id,
    geometry: patch.footprint === null ? null : geometryOf(patch.footprint),
    properties: {
      patch_id: patch.id,
      patch: patch.name,
      image: patch.image,
      x: patch.x,
      y: patch.y,
      width: patch.width,
      height: patch.height,
      split: patch.split,
      sampling: samplingOf(patch),
      round: patch.round,
      ...Object.fromEntries(labels),
    },
  };
}

function* collection({ classes, patches }: ExportDataset): Iterable<string> {
  const properties = classes.map(({ name }) => propertyName(name));
  yield '{"type":"FeatureCollection","features":[\n';
  for (const [position, patch] of patches.entries()) {
    yield `${position > 0 ? ",\n" : ""}${JSON.stringify(feature(patch, properties))}`;
  }
  yield "\n]}\n";
}

/** One FeatureCollection of footprints in WGS 84, one property per class. */
export const geojsonExporter = {
  id: "geojson",
  name: "GeoJSON",
  description: "The patches' footprints in WGS 84, with one property per class: 1, 0 or null.",
  reference: "RFC 7946",
  options: z.object({}),
  async write(dataset, folder, _options, { signal }) {
    await writeLines(join(folder, "labels.geojson"), collection(dataset), signal);
    return [
      {
        name: "labels.geojson",
        description:
          "A FeatureCollection (RFC 7946, WGS 84): one feature a patch with its footprint (null without georeferencing) and one property per class: 1 present, 0 absent, null unsure or not reviewed.",
      },
    ];
  },
} as const satisfies Exporter;

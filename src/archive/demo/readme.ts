import { DEMO_CLASSES } from "./classes.ts";
import { DEMO_FILES, type DemoTruth } from "./truth.ts";

/** The text of the archive's README: what it is, what is in it, and what it is not. */
export function demoReadme(truth: DemoTruth): string {
  const patches = truth.scenes.flatMap((scene) => scene.patches);
  const counts = DEMO_CLASSES.map(({ name, presence }) => {
    const count = patches.filter(({ labels }) => labels.includes(name)).length;
    return `  ${name.padEnd(20)}${String(count).padStart(4)} patches   present above ${Math.round(100 * presence)} % of a patch`;
  });
  const labels = patches.reduce((sum, patch) => sum + patch.labels.length, 0);
  return `Fieldmark demo archive, seed ${truth.seed}

Every pixel here was computed; none was measured. The scenes imitate Sentinel-2: 13 bands on one
10 m grid, uint16, reflectance x 10,000, 0 = no data. The coordinates (UTM zone 32 north, EPSG:32632)
are real, the land on them is invented. The same seed makes the same files again.

Scenes
${truth.scenes.map(({ image, width, height, place }) => `  ${image.padEnd(18)}${width} x ${height} pixels: ${place}`).join("\n")}

Classes, counted in ${patches.length} patches of ${truth.patchSize} x ${truth.patchSize} pixels (${(labels / patches.length).toFixed(2)} labels a patch)
${counts.join("\n")}

Files
  ${DEMO_FILES.labels.padEnd(15)}image, x, y (upper left pixel of the patch), then 1 or 0 for every class
  ${DEMO_FILES.truth.padEnd(15)}the same, with the share of each patch that each class covers
  ${DEMO_FILES.taxonomy.padEnd(15)}the classes with their keys and colours
`;
}

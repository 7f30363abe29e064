import { createPatchReader } from "../../archive/patch-reader.ts";
import { bandStatistics } from "../../archive/statistics.ts";
import { createRandom } from "../../shared/random.ts";
import type { ProjectStore } from "../../store/project-store.ts";
import type { Work } from "../work.ts";

/** Patches that are looked at: enough for percentiles of the whole archive. */
const SAMPLED_PATCHES = 200;

/** Measures the bands over a seeded sample of a source's patches; without any there is nothing to measure. */
export async function measureBands(
  store: ProjectStore,
  source: { readonly id: number; readonly folder: string },
  work: Work,
): Promise<void> {
  const { seed } = store.project().settings;
  const ids = store.patchIds({ sourceId: source.id, missing: false });
  const sample = createRandom(seed).fork("measured-patches").sample(ids, SAMPLED_PATCHES);
  if (sample.length === 0) return;
  const { scenes, scene, x, y, width, height } = store.patchTable(sample);
  const patches = Array.from(scene, (position, row) => ({
    scene: scenes[position]!,
    window: { x: x[row]!, y: y[row]!, width: width[row]!, height: height[row]! },
  }));
  const reader = createPatchReader(source.folder);
  try {
    const statistics = await bandStatistics(reader, patches, {
      seed,
      sample: SAMPLED_PATCHES,
      ...(work.signal ? { signal: work.signal } : {}),
      onProgress: work.progress,
    });
    store.saveBandStatistics(statistics);
  } finally {
    await reader.close();
  }
}

import { useApp } from "../state/app-store.ts";
import { CUSTOM } from "../state/project-look.ts";
import { LARGEST_TILE, SMALLEST_TILE, showComposite, useView } from "../state/view-store.ts";

const TILE_STEP = 32;

/** Goes through the project's composites, and the custom one where there is one. */
export function stepComposite(step: 1 | -1): void {
  const offered = useApp.getState().project?.composites.map((choice) => choice.id) ?? [];
  const { composite, bands } = useView.getState().look;
  const all = bands[CUSTOM] ? [...offered, CUSTOM] : offered;
  if (all.length === 0) return;
  const current = Math.max(0, all.indexOf(composite ?? ""));
  const next = all[(current + step + all.length) % all.length];
  if (next !== undefined) showComposite(next);
}

export function resizeTiles(step: 1 | -1): void {
  useView.setState(({ tileSize }) => ({
    tileSize: Math.min(LARGEST_TILE, Math.max(SMALLEST_TILE, tileSize + step * TILE_STEP)),
  }));
}

import type { Split } from "../../shared/domain/imagery.ts";
import type { LabelState, PatchStatus } from "../../shared/domain/labels.ts";
import type { PixelWindow } from "../../shared/raster.ts";
import type { ProjectStore } from "../../store/project-store.ts";

export interface ListedPatch {
  readonly id: number;
  /** The scene's name. */
  readonly image: string;
  readonly window: PixelWindow;
  readonly split: Split | null;
  readonly status: PatchStatus;
  /** Class name → state; classes that are not reviewed are missing. */
  readonly labels: Readonly<Record<string, LabelState>>;
}

export interface ListedLabels {
  readonly classes: readonly {
    readonly id: number;
    readonly name: string;
    readonly present: number;
    readonly absent: number;
    readonly unsure: number;
  }[];
  readonly patches: readonly ListedPatch[];
}

/** Every patch that has been reviewed or begun, with its labels by class name. */
export function listLabels(store: ProjectStore): ListedLabels {
  const classes = store.classes();
  const ids = (["in-progress", "confirmed", "skipped"] as const)
    .flatMap((status) => Array.from(store.patchIds({ status })))
    .sort((a, b) => a - b);
  const patches = store.items(ids).map((item): ListedPatch => {
    const { scene, window } = store.placeOf(item.id);
    const states = classes.flatMap(({ id, name }) => {
      const state = item.labels[String(id)];
      return state === undefined ? [] : [[name, state] as const];
    });
    const { id, split, status } = item;
    return { id, image: scene.name, window, split, status, labels: Object.fromEntries(states) };
  });
  const count = (name: string, state: LabelState) =>
    patches.filter(({ labels }) => labels[name] === state).length;
  return {
    classes: classes.map(({ id, name }) => ({
      id,
      name,
      present: count(name, "present"),
      absent: count(name, "absent"),
      unsure: count(name, "unsure"),
    })),
    patches,
  };
}

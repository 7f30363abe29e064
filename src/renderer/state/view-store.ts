import { create } from "zustand";
import { createJSONStorage, persist } from "zustand/middleware";

export const SMALLEST_TILE = 96;
export const LARGEST_TILE = 384;

export interface CustomComposite {
  /** One band (grey) or three. */
  readonly bands: readonly string[];
  readonly stretch: "project" | "patch" | "none";
  readonly gamma: number;
}

export interface ViewState {
  /** Folder of the project that the composites were chosen in; another project begins with its own first one. */
  readonly project: string | null;
  /** A composite's id, "custom", or null for the project's first one. */
  readonly composite: string | null;
  readonly custom: CustomComposite | null;
  /** Edge of a tile's picture in CSS pixels. */
  readonly tileSize: number;
  /** Show rank, score and reason; hidden at first, because they also tell control patches apart. */
  readonly explain: boolean;
  readonly suggestions: boolean;
  readonly pixelated: boolean;
}

/** How things are looked at. Kept on this machine; composites for the project that was open last. */
export const useView = create<ViewState>()(
  persist(
    (): ViewState => ({
      project: null,
      composite: null,
      custom: null,
      tileSize: 160,
      explain: false,
      suggestions: true,
      pixelated: false,
    }),
    { name: "fieldmark-view", version: 1, storage: createJSONStorage(() => localStorage) },
  ),
);

/** A project that was not the last one is looked at in its own first composite. */
export function lookAtProject(folder: string): void {
  if (useView.getState().project !== folder) {
    useView.setState({ project: folder, composite: null, custom: null });
  }
}

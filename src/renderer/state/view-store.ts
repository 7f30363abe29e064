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

/** How things are looked at. Kept on this machine, for all projects. */
export const useView = create<ViewState>()(
  persist(
    (): ViewState => ({
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

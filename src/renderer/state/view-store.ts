import { create } from "zustand";
import { createJSONStorage, persist } from "zustand/middleware";
import {
  FIRST_LOOK,
  fromEarlierView,
  type LookSettings,
  type ProjectLook,
  projectLookSchema,
  USUAL_LOOK,
} from "./project-look.ts";

export const SMALLEST_TILE = 96;
export const LARGEST_TILE = 384;

export interface ViewState {
  /** Folder of the project that `look` belongs to. */
  readonly project: string | null;
  /** Composite, stretch, gamma and colour maps of the open project. */
  readonly look: ProjectLook;
  /** Folder → look of the projects that were open before, newest last. */
  readonly otherLooks: Readonly<Record<string, ProjectLook>>;
  /** Edge of a tile's picture in CSS pixels. */
  readonly tileSize: number;
  /** Show rank, score and reason; hidden at first, because they also tell control patches apart. */
  readonly explain: boolean;
  readonly suggestions: boolean;
  readonly pixelated: boolean;
}

/** Projects whose look is remembered. */
const MOST_LOOKS = 20;

/** How things are looked at. Kept on this machine, not in the project. */
export const useView = create<ViewState>()(
  persist(
    (): ViewState => ({
      project: null,
      look: FIRST_LOOK,
      otherLooks: {},
      tileSize: 160,
      explain: false,
      suggestions: true,
      pixelated: false,
    }),
    {
      name: "fieldmark-view",
      version: 2,
      storage: createJSONStorage(() => localStorage),
      // Shallow: what the first version kept besides is taken over as it is.
      migrate: (kept) => ({ ...(kept as ViewState), look: fromEarlierView(kept), otherLooks: {} }),
      merge: (kept, initial) => {
        const state = { ...initial, ...(kept as Partial<ViewState>) };
        return { ...state, look: projectLookSchema.catch(FIRST_LOOK).parse(state.look) };
      },
    },
  ),
);

/** A project is looked at as it was when it was open last; a new one in its own first composite. */
export function lookAtProject(folder: string): void {
  const { project, look, otherLooks } = useView.getState();
  if (project === folder) return;
  const { [folder]: known, ...others } = otherLooks;
  const kept = project === null ? others : { ...others, [project]: look };
  useView.setState({
    project: folder,
    look: projectLookSchema.catch(FIRST_LOOK).parse(known),
    otherLooks: Object.fromEntries(Object.entries(kept).slice(-MOST_LOOKS)),
  });
}

function changeLook(change: (look: ProjectLook) => Partial<ProjectLook>): void {
  useView.setState(({ look }) => ({ look: { ...look, ...change(look) } }));
}

export function showComposite(id: string): void {
  changeLook(() => ({ composite: id }));
}

/** Shows a composite whose bands the user chooses, with these bands. */
export function showBands(id: string, bands: readonly string[]): void {
  changeLook((look) => ({ composite: id, bands: { ...look.bands, [id]: [...bands] } }));
}

/** Changes how a composite is shown from now on. */
export function adjustLook(id: string, change: Partial<LookSettings>): void {
  changeLook(({ settings }) => ({
    settings: { ...settings, [id]: { ...USUAL_LOOK, ...settings[id], ...change } },
  }));
}

/** Shows a composite in its own way again. */
export function resetLook(id: string): void {
  changeLook(({ settings: { [id]: _, ...settings } }) => ({ settings }));
}

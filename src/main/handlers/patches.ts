import { center, pixelSize } from "../../archive/georeference.ts";
import { bandProfile } from "../use-cases/band-profile.ts";
import type { Core, GroupHandlers } from "./core.ts";

/** Patches for grids and the large view. */
export function patchHandlers({ workspace }: Core): GroupHandlers<"patches"> {
  return {
    "patches.page": ({ filter, offset, limit }) => {
      const project = workspace.require();
      const { total, items } = project.store.page(filter, offset, limit);
      return { total, items: project.withProbabilities(items) };
    },
    "patches.get": ({ id }) => {
      const project = workspace.require();
      const { scene, window } = project.store.placeOf(id);
      const [item] = project.withProbabilities(project.store.items([id]));
      if (!item) throw new Error(`Patch ${id} has a place but no row.`);
      return {
        ...item,
        scene: scene.name,
        window,
        bands: scene.bands.map(({ name }) => name),
        epsg: scene.epsg,
        pixelSize: pixelSize(scene),
        center: center(scene, window),
        history: project.store.history(id),
      };
    },
    "patches.profile": async ({ id }) => {
      const project = workspace.require();
      const { root, scene, window } = project.store.placeOf(id);
      return { bands: await bandProfile(project.reader(root), scene, window) };
    },
  };
}

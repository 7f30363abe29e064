import { useApp } from "../state/app-store.ts";
import { useView } from "../state/view-store.ts";
import { type Look, patchUrl, pictureSize, pictureVersion } from "./patch-url.ts";

/** The composite in use: the chosen one where the project has it, else the project's first. */
export function useComposite(): string {
  const chosen = useView((view) => view.composite);
  const custom = useView((view) => view.custom);
  const offered = useApp((app) => app.project?.composites);
  const bands = useApp((app) => app.project?.bands);
  // A custom composite of another project may name bands that this one does not have.
  const fits = custom?.bands.every((name) => bands?.some((band) => band.name === name));
  if (chosen === "custom" && fits) return "custom";
  if (offered?.some((choice) => choice.id === chosen)) return chosen ?? "";
  return offered?.[0]?.id ?? "true-colour";
}

/** Makes picture URLs for the open project in the composite in use, `pixels` CSS pixels large. */
export function usePictureUrl(pixels: number): (patchId: number, look?: Partial<Look>) => string {
  const composite = useComposite();
  const custom = useView((view) => view.custom);
  const imageBase = useApp((app) => app.info?.imageBase ?? "");
  const version = useApp((app) => (app.project ? pictureVersion(app.project) : ""));
  const size = pictureSize(pixels);
  return (patchId, look) => patchUrl(imageBase, patchId, { composite, custom, size, ...look }, version);
}

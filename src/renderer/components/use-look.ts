import { useMemo } from "react";
import { pictureAddress } from "../../shared/display/picture-address.ts";
import type { Composite } from "../../shared/domain/imagery.ts";
import { useApp } from "../state/app-store.ts";
import { useView } from "../state/view-store.ts";
import { type CurrentLook, currentLook } from "./current-look.ts";
import { pictureSize, pictureVersion } from "./patch-url.ts";

/** The composite in use and how it is shown. */
export function useCurrentLook(): CurrentLook {
  const look = useView((view) => view.look);
  const offered = useApp((app) => app.project?.composites);
  const bands = useApp((app) => app.project?.bands);
  return useMemo(
    () => currentLook(offered ?? [], bands?.map(({ name }) => name) ?? [], look),
    [offered, bands, look],
  );
}

/** Where pictures come from, and the version of what they show. */
export function usePictureSource(): { readonly imageBase: string; readonly version: string } {
  const imageBase = useApp((app) => app.info?.imageBase ?? "");
  const version = useApp((app) => (app.project ? pictureVersion(app.project) : ""));
  return { imageBase, version };
}

/** Makes picture URLs for the open project in the composite in use (or another), `pixels` CSS pixels large. */
export function usePictureUrl(pixels: number): (patchId: number, composite?: Composite) => string {
  const { composite: current } = useCurrentLook();
  const { imageBase, version } = usePictureSource();
  const size = pictureSize(pixels);
  return (patchId, composite = current) => pictureAddress(imageBase, patchId, composite, { size, version });
}

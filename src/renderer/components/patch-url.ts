import type { ProjectSummary } from "../../shared/domain/project.ts";
import type { CustomComposite } from "../state/view-store.ts";

/** What to paint and how large. */
export interface Look {
  /** A composite's id, or "custom" together with `custom`. */
  readonly composite: string;
  readonly custom?: CustomComposite | null;
  /** Longer edge in device pixels; pictures are never made larger than the patch itself. */
  readonly size: number;
}

/** Sizes that pictures are asked for in, so that nearly equal tiles share the cache. */
const SIZES = [96, 128, 192, 256, 384, 512, 768, 1024];

/** The smallest usual size that fills `pixels` CSS pixels on this screen. */
export function pictureSize(pixels: number, ratio = globalThis.devicePixelRatio ?? 1): number {
  const wanted = pixels * Math.min(2, ratio);
  return SIZES.find((size) => size >= wanted) ?? 1024;
}

export function patchUrl(imageBase: string, patchId: number, look: Look, version: string): string {
  const query = new URLSearchParams({ composite: look.composite, size: String(look.size), v: version });
  if (look.composite === "custom" && look.custom) {
    query.set("bands", look.custom.bands.join(","));
    query.set("stretch", look.custom.stretch);
    query.set("gamma", String(look.custom.gamma));
  }
  return `${imageBase}/patch/${patchId}?${query}`;
}

/** Changes whenever the pictures of a project may look different: another project, other statistics. */
export function pictureVersion(project: Pick<ProjectSummary, "folder" | "bands">): string {
  const text = JSON.stringify([project.folder, project.bands.map(({ name, p2, p98 }) => [name, p2, p98])]);
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(36);
}

import type { ProjectSummary } from "../../shared/domain/project.ts";

/** Sizes that pictures are asked for in, so that nearly equal tiles share the cache. */
const SIZES = [96, 128, 192, 256, 384, 512, 768, 1024];

/** The smallest usual size that fills `pixels` CSS pixels on this screen. */
export function pictureSize(pixels: number, ratio = globalThis.devicePixelRatio ?? 1): number {
  const wanted = pixels * Math.min(2, ratio);
  return SIZES.find((size) => size >= wanted) ?? 1024;
}

/**
 * Changes whenever the pictures of a project may look different: another project, other statistics, imagery that
 * went away or came back.
 */
export function pictureVersion(project: Pick<ProjectSummary, "folder" | "bands" | "sources">): string {
  const text = JSON.stringify([
    project.folder,
    project.bands.map(({ name, p2, p98 }) => [name, p2, p98]),
    project.sources.map(({ folder, available }) => [folder, available]),
  ]);
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(36);
}

import { refreshProject } from "./app-actions.ts";
import { useApp } from "./app-store.ts";

const AT_MOST_EVERY_MS = 5000;
let lastLook = Number.NEGATIVE_INFINITY;

/** Whether any imagery folder of the open project is away: what can't be shown is most likely in there. */
export function useSourcesMissing(): boolean {
  return useApp((app) => app.project?.sources.some(({ available }) => !available) ?? false);
}

/**
 * Asks whether a source's folder went away, because a picture could not be shown. Many pictures fail at once
 * then: they make one question.
 */
export function lookForMissingSources(): void {
  const { project, connection } = useApp.getState();
  const now = performance.now();
  if (!project || connection !== "open" || now - lastLook < AT_MOST_EVERY_MS) return;
  lastLook = now;
  // The next picture that fails asks again.
  refreshProject().catch(() => {});
}

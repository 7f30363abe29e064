import { useEffect, useState } from "react";
import type { ProjectSummary } from "../../shared/domain/project.ts";
import type { SourceStatus } from "../../shared/domain/sources.ts";
import { call } from "../state/session.ts";

interface SourcesState {
  /** Null until they are there. */
  readonly sources: readonly SourceStatus[] | null;
  readonly error: unknown;
  readonly reload: () => void;
}

/** The open project's sources, read anew whenever the project says that they changed. */
export function useSources(project: ProjectSummary): SourcesState {
  const [sources, setSources] = useState<readonly SourceStatus[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  const version = JSON.stringify([project.folder, project.sources, project.counts.patches, attempt]);
  useEffect(() => {
    // Named here because the list is another one whenever it changes.
    if (version === "") return;
    let wanted = true;
    call("sources.list")
      .then((next) => {
        if (!wanted) return;
        setSources(next);
        setError(null);
      })
      .catch((problem: unknown) => wanted && setError(problem));
    return () => {
      wanted = false;
    };
  }, [version]);
  return { sources, error, reload: () => setAttempt(attempt + 1) };
}

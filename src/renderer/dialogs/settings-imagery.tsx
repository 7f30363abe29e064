import { Skeleton } from "@mantine/core";
import type { ProjectSummary } from "../../shared/domain/project.ts";
import { ErrorPanel } from "../feedback/error-panel.tsx";
import { reporting } from "../feedback/present-error.tsx";
import { SourceSection } from "../sources/source-section.tsx";
import { useSources } from "../sources/use-sources.ts";
import { refreshProject } from "../state/app-actions.ts";
import { strings } from "../strings.ts";
import classes from "./settings-form.module.css";

/** The project's imagery folders: what was found in them, what changed since, and where they are. */
export function ImagerySettings({ project }: { project: ProjectSummary }) {
  const { sources, error, reload } = useSources(project);
  function changed(): void {
    reload();
    // Whether folders are there is asked for, not announced.
    reporting(refreshProject());
  }
  return (
    <>
      {error !== null && <ErrorPanel error={error} onRetry={reload} />}
      {sources === null && error === null && <Skeleton height={120} />}
      {sources?.map((source) => (
        <SourceSection key={source.id} source={source} readOnly={project.readOnly} onChange={changed} />
      ))}
      <p className={classes.bands}>
        {strings.sensors[project.sensor]}: {project.bands.map((band) => band.name).join(", ")}
      </p>
    </>
  );
}

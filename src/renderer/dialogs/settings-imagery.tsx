import { Button } from "@mantine/core";
import type { ProjectSummary } from "../../shared/domain/project.ts";
import { number } from "../components/format.ts";
import { reporting } from "../feedback/present-error.tsx";
import { closeDialog } from "../state/dialog-store.ts";
import { call } from "../state/session.ts";
import { strings } from "../strings.ts";
import classes from "./settings-form.module.css";

/** The project's imagery folders and what could not be read in them. */
export function ImagerySettings({ project }: { project: ProjectSummary }) {
  const text = strings.settings;
  async function rescan(): Promise<void> {
    await call("projects.rescan");
    closeDialog();
  }
  return (
    <>
      {project.sources.map((source) => (
        <section key={source.id} className={classes.source}>
          <p className={classes.folder} data-selectable>
            {source.folder}
          </p>
          <p className={source.available ? classes.facts : classes.missing}>
            {source.available ? text.sceneCount(number(source.scenes)) : text.missing}
          </p>
          {source.unreadable.length > 0 && (
            <details>
              <summary>{strings.newProject.found.unreadable(source.unreadable.length)}</summary>
              <ul className={classes.unreadable}>
                {source.unreadable.map((file) => (
                  <li key={file.path} data-selectable>
                    {file.path}: {file.message}
                  </li>
                ))}
              </ul>
            </details>
          )}
        </section>
      ))}
      <p className={classes.bands}>
        {strings.sensors[project.sensor]}: {project.bands.map((band) => band.name).join(", ")}
      </p>
      <div className={classes.save}>
        <Button variant="default" onClick={() => reporting(rescan())}>
          {strings.project.rescan}
        </Button>
      </div>
    </>
  );
}

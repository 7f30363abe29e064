import { ActionIcon } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { Preferences } from "../../../shared/contracts/app.ts";
import { dateTime } from "../../components/format.ts";
import { PathText } from "../../components/path-text.tsx";
import { reporting } from "../../feedback/present-error.tsx";
import { forgetRecent, openProject } from "../../state/app-actions.ts";
import { strings } from "../../strings.ts";
import classes from "./recent-projects.module.css";

/** Projects that were open lately, newest first. */
export function RecentProjects({ recent }: { recent: Preferences["recentProjects"] }) {
  return (
    <section aria-label={strings.start.recent}>
      <h2 className={classes.title}>{strings.start.recent}</h2>
      {recent.length === 0 ? (
        <p className={classes.empty}>{strings.start.noRecent}</p>
      ) : (
        <ul className={classes.list}>
          {recent.map((project) => (
            <li key={project.folder} className={classes.item}>
              <button
                type="button"
                className={classes.open}
                onClick={() => reporting(openProject(project.folder))}
              >
                <span className={classes.name}>{project.name}</span>
                <span className={classes.time}>{dateTime(project.openedAt)}</span>
                <span className={classes.folder}>
                  <PathText text={project.folder} />
                </span>
              </button>
              <ActionIcon
                className={classes.forget ?? ""}
                size={24}
                aria-label={strings.start.forget(project.name)}
                onClick={() => reporting(forgetRecent(project.folder))}
              >
                <IconX size={14} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

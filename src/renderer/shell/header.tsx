import { ActionIcon, Tooltip } from "@mantine/core";
import { IconArrowBackUp, IconArrowForwardUp, IconKeyboard } from "@tabler/icons-react";
import { Mark } from "../components/mark.tsx";
import { travel } from "../labelling/label-commands.ts";
import { navigate } from "../state/app-actions.ts";
import { type Screen, useApp } from "../state/app-store.ts";
import { openDialog } from "../state/dialog-store.ts";
import { browseList, queueList } from "../state/workbench-store.ts";
import { strings } from "../strings.ts";
import { ColorSchemeButton } from "./color-scheme-button.tsx";
import classes from "./header.module.css";
import { ProjectMenu } from "./project-menu.tsx";

const SCREENS: readonly Screen[] = ["label", "patches", "progress"];

/** The project, where one is in it, and what holds everywhere: undo, help, light and dark. */
export function Header() {
  const project = useApp((app) => app.project);
  const screen = useApp((app) => app.screen);
  return (
    <header className={classes.header}>
      <div className={classes.left}>{project ? <ProjectMenu project={project} /> : <Wordmark />}</div>
      {project && (
        <h1 className={classes.heading}>
          {project.name}: {strings.header.screen[screen]}
        </h1>
      )}
      {project && (
        <nav className={classes.screens} aria-label={strings.header.screens}>
          {SCREENS.map((name) => (
            <button
              key={name}
              type="button"
              className={classes.screen}
              aria-current={screen === name ? "page" : undefined}
              onClick={() => navigate(name)}
            >
              {strings.header.screen[name]}
            </button>
          ))}
        </nav>
      )}
      <div className={classes.right}>
        {project && (
          <>
            <UndoButton direction="undo" depth={project.undoDepth} />
            <UndoButton direction="redo" depth={project.redoDepth} />
            <Tooltip label={strings.header.keys}>
              <ActionIcon aria-label={strings.header.keys} onClick={() => openDialog({ kind: "keys" })}>
                <IconKeyboard size={18} stroke={1.6} />
              </ActionIcon>
            </Tooltip>
          </>
        )}
        <ColorSchemeButton />
      </div>
    </header>
  );
}

function Wordmark() {
  return (
    <span className={classes.wordmark}>
      <Mark />
      {strings.product}
    </span>
  );
}

function UndoButton({ direction, depth }: { direction: "undo" | "redo"; depth: number }) {
  const screen = useApp((app) => app.screen);
  const list = screen === "patches" ? browseList : queueList;
  const label = strings.header[direction];
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} disabled={depth === 0} onClick={() => void travel(direction, list)}>
        {direction === "undo" ? (
          <IconArrowBackUp size={18} stroke={1.6} />
        ) : (
          <IconArrowForwardUp size={18} stroke={1.6} />
        )}
      </ActionIcon>
    </Tooltip>
  );
}

import { ActionIcon, Button } from "@mantine/core";
import { IconAlertTriangle, IconLock, IconPhotoOff, IconX } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { reporting } from "../feedback/present-error.tsx";
import { refreshProject } from "../state/app-actions.ts";
import { useApp } from "../state/app-store.ts";
import { openDialog } from "../state/dialog-store.ts";
import { strings } from "../strings.ts";
import classes from "./project-notices.module.css";

/** What one has to know of the open project before working on it: that it can't be changed, or has no pictures. */
export function ProjectNotices() {
  const project = useApp((app) => app.project);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  if (!project) return null;
  const { notices, sources } = strings;
  const missing = project.sources.filter(({ available }) => !available);
  const icon = { size: 16, stroke: 1.8, "aria-hidden": true } as const;
  const warnings = (project.warnings ?? []).filter((warning) => !hidden.has(`${project.folder} ${warning}`));
  return (
    <>
      {project.readOnly && (
        <Notice icon={<IconLock {...icon} />} title={notices.readOnly}>
          {project.readOnlyReason ?? notices.readOnlyText}
        </Notice>
      )}
      {missing.length > 0 && (
        <Notice
          icon={<IconPhotoOff {...icon} />}
          title={
            missing.length === 1
              ? sources.banner(missing[0]?.folder ?? "")
              : sources.bannerMore(missing.length)
          }
          actions={
            <>
              <Button size="compact-sm" onClick={() => openDialog({ kind: "settings", tab: "imagery" })}>
                {sources.relocate}
              </Button>
              <Button variant="default" size="compact-sm" onClick={() => reporting(refreshProject())}>
                {sources.tryAgain}
              </Button>
            </>
          }
        >
          {sources.bannerText}
        </Notice>
      )}
      {warnings.map((warning) => (
        <Notice
          key={warning}
          icon={<IconAlertTriangle {...icon} />}
          title=""
          actions={
            <ActionIcon
              size={20}
              aria-label={notices.hide}
              onClick={() => setHidden(new Set([...hidden, `${project.folder} ${warning}`]))}
            >
              <IconX size={14} />
            </ActionIcon>
          }
        >
          {warning}
        </Notice>
      ))}
    </>
  );
}

function Notice(props: { icon: ReactNode; title: string; children: ReactNode; actions?: ReactNode }) {
  return (
    <div className={classes.notice} role="status">
      {props.icon}
      <p className={classes.text} data-selectable>
        {props.title !== "" && <strong>{props.title} </strong>}
        {props.children}
      </p>
      {props.actions && <div className={classes.actions}>{props.actions}</div>}
    </div>
  );
}

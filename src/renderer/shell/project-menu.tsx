import { Menu, UnstyledButton } from "@mantine/core";
import {
  IconChevronDown,
  IconDoorExit,
  IconDownload,
  IconFileImport,
  IconRefresh,
  IconSettings,
  IconTags,
} from "@tabler/icons-react";
import type { ProjectSummary } from "../../shared/domain/project.ts";
import { Mark } from "../components/mark.tsx";
import { reporting } from "../feedback/present-error.tsx";
import { closeProject } from "../state/app-actions.ts";
import { openDialog } from "../state/dialog-store.ts";
import { call } from "../state/session.ts";
import { strings } from "../strings.ts";
import classes from "./project-menu.module.css";

/** The open project's name and what can be done with it as a whole. */
export function ProjectMenu({ project }: { project: ProjectSummary }) {
  const icon = { size: 16, stroke: 1.6 };
  return (
    <Menu position="bottom-start" width={232}>
      <Menu.Target>
        <UnstyledButton className={classes.button} aria-label={strings.project.menu(project.name)}>
          <Mark />
          <span className={classes.name}>{project.name}</span>
          {project.readOnly && <span className={classes.readOnly}>{strings.project.readOnly}</span>}
          <IconChevronDown size={14} stroke={1.8} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconDownload {...icon} />} onClick={() => openDialog({ kind: "export" })}>
          {strings.project.export}
        </Menu.Item>
        <Menu.Item leftSection={<IconFileImport {...icon} />} onClick={() => openDialog({ kind: "import" })}>
          {strings.project.import}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconTags {...icon} />}
          onClick={() => openDialog({ kind: "settings", tab: "classes" })}
        >
          {strings.project.classes}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconSettings {...icon} />}
          onClick={() => openDialog({ kind: "settings", tab: "general" })}
        >
          {strings.project.settings}
        </Menu.Item>
        <Menu.Item leftSection={<IconRefresh {...icon} />} onClick={() => reporting(call("projects.rescan"))}>
          {strings.project.rescan}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconDoorExit {...icon} />} onClick={() => reporting(closeProject())}>
          {strings.project.close}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

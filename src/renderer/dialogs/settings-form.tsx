import { Tabs } from "@mantine/core";
import { useApp } from "../state/app-store.ts";
import { strings } from "../strings.ts";
import { ClassSettings } from "./settings-classes.tsx";
import classes from "./settings-form.module.css";
import { GeneralSettings } from "./settings-general.tsx";
import { ImagerySettings } from "./settings-imagery.tsx";
import { SplitSettings } from "./settings-splits.tsx";

/** The open project's settings. */
export function SettingsForm({ tab }: { tab: "general" | "classes" | "imagery" | "splits" }) {
  const project = useApp((app) => app.project);
  if (!project) return null;
  return (
    <Tabs defaultValue={tab} className={classes.tabs ?? ""}>
      <Tabs.List>
        <Tabs.Tab value="general">{strings.settings.general}</Tabs.Tab>
        <Tabs.Tab value="classes">{strings.settings.classes}</Tabs.Tab>
        <Tabs.Tab value="imagery">{strings.settings.imagery}</Tabs.Tab>
        <Tabs.Tab value="splits">{strings.settings.splits}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="general" className={classes.panel ?? ""}>
        <GeneralSettings project={project} />
      </Tabs.Panel>
      <Tabs.Panel value="classes" className={classes.panel ?? ""}>
        <ClassSettings project={project} />
      </Tabs.Panel>
      <Tabs.Panel value="imagery" className={classes.panel ?? ""}>
        <ImagerySettings project={project} />
      </Tabs.Panel>
      <Tabs.Panel value="splits" keepMounted={false} className={classes.panel ?? ""}>
        <SplitSettings key={project.folder} project={project} />
      </Tabs.Panel>
    </Tabs>
  );
}

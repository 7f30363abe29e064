import { useMantineColorScheme } from "@mantine/core";
import { useEffect } from "react";
import { Dialogs } from "../dialogs/dialogs.tsx";
import { LabelScreen } from "../screens/label/label-screen.tsx";
import { NewProjectScreen } from "../screens/new-project/new-project-screen.tsx";
import { PatchesScreen } from "../screens/patches/patches-screen.tsx";
import { ProgressScreen } from "../screens/progress/progress-screen.tsx";
import { StartScreen } from "../screens/start/start-screen.tsx";
import { type Screen, useApp } from "../state/app-store.ts";
import { ConnectionBanner } from "./connection-banner.tsx";
import { Header } from "./header.tsx";
import { ProjectNotices } from "./project-notices.tsx";
import classes from "./shell.module.css";
import { StatusBar } from "./status-bar.tsx";

/** Header, screen and status bar. The screen is the only part that changes size. */
export function Shell() {
  const screen = useApp((app) => app.screen);
  const ready = useApp((app) => app.info !== null);
  const scheme = useApp((app) => app.preferences?.colorScheme);
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => {
    if (scheme) setColorScheme(scheme);
  }, [scheme, setColorScheme]);

  return (
    <div className={classes.shell}>
      <Header />
      <ConnectionBanner />
      <ProjectNotices />
      <main className={classes.screen}>{ready && <CurrentScreen screen={screen} />}</main>
      <StatusBar />
      <Dialogs />
    </div>
  );
}

function CurrentScreen({ screen }: { screen: Screen }) {
  switch (screen) {
    case "start":
      return <StartScreen />;
    case "new-project":
      return <NewProjectScreen />;
    case "label":
      return <LabelScreen />;
    case "patches":
      return <PatchesScreen />;
    case "progress":
      return <ProgressScreen />;
  }
}

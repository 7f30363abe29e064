import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "./theme/tokens.css";
import "./theme/base.css";
import "./theme/mantine.css";
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { useEffect } from "react";
import { Shell } from "./shell/shell.tsx";
import { followApplication } from "./state/follow-application.ts";
import { cssVariables, theme } from "./theme/theme.ts";

/** The page: theme, messages, and the shell with its screens. */
export function App() {
  useEffect(() => followApplication(), []);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <Notifications position="bottom-right" limit={4} zIndex={400} />
      <Shell />
    </MantineProvider>
  );
}
